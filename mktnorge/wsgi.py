import os

from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mktnorge.settings")

application = get_wsgi_application()

# A web server runs no system checks of its own. With a broken key it must not take a single request in.
if problems := run_checks(tags=["keys"]):
    raise ImproperlyConfigured(" ".join(str(problem.msg) for problem in problems))
