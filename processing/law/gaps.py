"""The gaps of docs/law.md: how grave each is, and the provision it rests on.

A gap is what the company's published notice lacked or said against the law. Rules name the gaps they answer to; a
remark may name one where no rule can see it, and is then as grave as the gap.
"""

from dataclasses import dataclass

from processing.law.findings import Severity
from processing.law.sources import LegalSource, gdpr, statute


@dataclass(frozen=True)
class Gap:
    severity: Severity
    source: LegalSource


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

GAPS = {
    "G01": Gap(_E, gdpr("art. 4 nr. 7")),
    "G02": Gap(_E, gdpr("art. 26")),
    "G03": Gap(_W, gdpr("art. 37 nr. 1")),
    "G04": Gap(_E, statute("Ekomloven", "§ 3-15", "https://lovdata.no/lov/2024-12-13-76")),
    "G05": Gap(_E, gdpr("art. 44")),
    "G06": Gap(_W, gdpr("art. 30 nr. 1 bokstav e")),
    "G07": Gap(_W, statute("Helsepersonelloven", "§§ 39 og 40", "https://lovdata.no/lov/1999-07-02-64")),
    "G08": Gap(_E, gdpr("art. 9 nr. 2")),
    "G09": Gap(_E, gdpr("art. 5 nr. 1 bokstav e")),
    "G10": Gap(_W, statute("Bokføringsloven", "§ 13", "https://lovdata.no/lov/2004-11-19-73")),
    "G11": Gap(_I, statute("Skatteforvaltningsloven", "kapittel 7", "https://lovdata.no/lov/2016-05-27-14")),
    "G12": Gap(_W, statute("Pasientjournalloven", "§ 25", "https://lovdata.no/lov/2014-06-20-42")),
    "G13": Gap(_W, gdpr("art. 20 nr. 1")),
    "G14": Gap(_W, statute("Helsepersonelloven", "§§ 42–44", "https://lovdata.no/lov/1999-07-02-64")),
    "G15": Gap(_I, statute("Pasient- og brukerrettighetsloven", "§ 5-1", "https://lovdata.no/lov/1999-07-02-63")),
    "G16": Gap(_W, statute("Pasientjournalloven", "§ 22", "https://lovdata.no/lov/2014-06-20-42")),
    "G17": Gap(_W, gdpr("art. 4 nr. 1")),
    "G18": Gap(_W, statute("Personopplysningsloven", "§ 12", "https://lovdata.no/lov/2018-06-15-38")),
    "G19": Gap(
        _W, statute("Pasient- og brukerrettighetsloven", "§§ 3-4 og 4-3", "https://lovdata.no/lov/1999-07-02-63")
    ),
    "G20": Gap(_W, gdpr("art. 14")),
    "G21": Gap(_W, gdpr("art. 6 nr. 1")),
    "G22": Gap(_W, gdpr("art. 26")),
    "G23": Gap(_I, gdpr("art. 12 nr. 2")),
    "G24": Gap(_W, gdpr("art. 9 nr. 2 bokstav b og h")),
    "G25": Gap(_I, gdpr("art. 25")),
    "G26": Gap(_W, gdpr("art. 15 nr. 1 bokstav c")),
    "G27": Gap(_E, gdpr("art. 7 nr. 3")),
    "G28": Gap(_W, statute("Markedsføringsloven", "§ 15", "https://lovdata.no/lov/2009-01-09-2")),
    "G29": Gap(_E, gdpr("art. 30 nr. 1")),
    "G30": Gap(_I, gdpr("art. 5 nr. 2")),
    "G31": Gap(_W, gdpr("art. 30 nr. 1 bokstav c")),
    "G32": Gap(_W, gdpr("art. 6 nr. 1 bokstav b")),
    "G33": Gap(_I, gdpr("art. 30 nr. 1")),
    "G34": Gap(_W, gdpr("art. 12 nr. 3")),
    "G35": Gap(_I, gdpr("art. 21 nr. 4")),
    "G36": Gap(_I, statute("Helsepersonelloven", "§ 43", "https://lovdata.no/lov/1999-07-02-64")),
}
