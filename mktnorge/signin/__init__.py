"""The one way in for staff and auditors: a password, a second factor, and a session that ends.

allauth does the ceremony of signing in, of codes and of passkeys. What is ours: who may come in (`door`), how often
one may try (`limits`), that a code counts once (`codes`), sessions (`sessions`), invitations and every page.
"""
