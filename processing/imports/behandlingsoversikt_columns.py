"""The columns of the two CSV exports of the national Behandlingsoversikt, and those the register has no room for.

The headings are facts of the format, from the source of the service's own web pages.
"""

from processing.imports.codes import same_name
from processing.law.terms import N_

_OTHER_LAW = "Henvisning til annet hjemmelsgrunnlag"

HEADINGS = {
    "organizationName": "Behandlingsansvarlig",
    "organizationId": "Organisasjonsnummer",
    "dataControllerRepresentative": "Behandlingsansvarliges representant",
    "dataControllerRepresentativeAddress": "Virksomhetens postadresse",
    "dataControllerRepresentativeEmail": "Virksomhetens e-post",
    "dataControllerRepresentativePhone": "Virksomhetens telefon",
    "outsideEU": "Utenfor EU/EØS (ja/nei)",
    "euRepresentativeName": "Representant behandlingsansvarlig utenfor EU/EØS - navn",
    "euRepresentativeAddress": "Representant behandlingsansvarlig utenfor EU/EØS - postadresse",
    "euRepresentativeEmail": "Representant behandlingsansvarlig utenfor EU/EØS - e-post",
    "euRepresentativePhone": "Representant behandlingsansvarlig utenfor EU/EØS - telefon",
    "dataProtectionOfficerName": "Personvernombud - navn",
    "dataProtectionOfficerAddress": "Personvernombud - postadresse",
    "dataProtectionOfficerEmail": "Personvernombud - e-post",
    "dataProtectionOfficerPhone": "Personvernombud - telefon",
    "title": "Behandlingen gjelder",
    "purpose": "Formål med behandlingen",
    "commonDataControllerChecked": "Felles behandlingsansvar",
    "commonDataControllerCompanies": "Felles behandlingsansvar - Virksomheter",
    "commonDataControllerResponsibilities": "Felles behandlingsansvar - Ansvarsfordeling",
    "commonDataControllerContact": "Felles behandlingsansvar - Kontaktpunkt",
    "commonDataControllerEmail": "Felles behandlingsansvar - E-post",
    "commonDataControllerTlf": "Felles behandlingsansvar - Telefon",
    "categorySubjects": "Personopplysninger - Kategorier av registrerte",
    "categoryPersonalData": "Personopplysninger - Kategorier tilknyttet den registrerte",
    "plannedDeletion": "Personopplysninger - Planlagte tidsfrister for sletting",
    "recipientCategories": "Mottakere eller kategorier av mottakere",
    "internationalReceivers": "Mottakere - tredjeland eller internasjonale organisasjoner",
    "guarantees": "Garantier ved overføring",
    "securityMeasures": "Tekniske og organisatoriske sikkerhetstiltak",
    "processStatus": "Behandlingstatus",
    "dataProcessorName": "Daglig behandlingsansvar - Navn",
    "dataProcessorTlf": "Daglig behandlingsansvar - Tlf",
    "dataProcessorEmail": "Daglig behandlingsansvar - Epost",
    "dataProcessorAgreementNames": "Databehandlere - Navn",
    "dataProcessorAgreementUrls": "Databehandleravtaler - Lenke",
    "articleSixBasis": "Behandlingsgrunnlag artikkel 6",
    "articleSixReference": "Artikkel 6 - Henvisning til annen lovgiving",
    "articleNineBasis": "Behandlingsgrunnlag artikkel 9",
    "articleNineReference": "Artikkel 9 - henvisning til annen lovgiving",
    "articleNineLegalityA": "Artikkel 9(2)(a) - Samtykke",
    "articleNineLegalityB": "Artikkel 9(2)(b) - Trygde-, arbeids- og sosialrettslige forhold",
    "articleNineLegalityC": "Artikkel 9(2)(c) - Vern av noen vitale interesser",
    "articleNineLegalityD": "Artikkel 9(2)(d) - Medlemsopplysninger",
    "articleNineLegalityE": "Artikkel 9(2)(e) - Offentliggjorte opplysninger",
    "articleNineLegalityF": "Artikkel 9(2)(f) - Rettskrav/domstolsbehandling",
    "articleNineLegalityG": "Artikkel 9(2)(g) - Viktige allmenne interesser",
    "articleNineLegalityH": "Artikkel 9(2)(h) - Medisinske opplysninger",
    "articleNineLegalityI": "Artikkel 9(2)(i) - Allmenne folkehelseopplysninger",
    "articleNineLegalityJ": "Artikkel 9(2)(j) - Arkiv- og forskningsformål",
    **{
        f"articleNineLegality{letter.upper()}Reference": f"Artikkel 9(2)({letter}) - {_OTHER_LAW}"
        for letter in "bcdefghij"
    },
    "articleTenBasis": "Behandlingsgrunnlag artikkel 10",
    "articleTenReference": "Artikkel 10 - henvisning til annen lovgiving",
    "businessAreas": "Funksjons- eller virksomhetsområde",
    "relatedDatasets": "Tilhørende datasett - lenke",
    "relatedDatasetNames": "Tilhørende datasett - navn",
    "personalDataSubjects": "Kilder til personopplysningene",
    "privacyProcessingSystems": "System i virksomheten som behandler personopplysninger",
    "dpiaConducted": "Er det gjennomført DPIA?",
    "dpiaReference": "Referanse til DPIA",
}
"""The columns of both sizes, by their names in the service."""

LEFT_OUT = {
    "processStatus": N_("Nye aktiviteter er utkast til noen har sett over dem."),
    "dataProcessorName": N_("Registeret har rollen som eier aktiviteten, ikke navn på ansatte."),
    "dataProcessorTlf": N_("Registeret har rollen som eier aktiviteten, ikke navn på ansatte."),
    "dataProcessorEmail": N_("Registeret har rollen som eier aktiviteten, ikke navn på ansatte."),
    "relatedDatasets": N_("Her er det ikke plass til lenker til datasett."),
    "relatedDatasetNames": N_("Her er det ikke plass til lenker til datasett."),
}
"""Columns that are not read, with the reason."""

KEYS = {same_name(heading): key for key, heading in HEADINGS.items()}

COMPANY = {
    "legal_name": "organizationName",
    "org_no": "organizationId",
    "street": "dataControllerRepresentativeAddress",
    "email": "dataControllerRepresentativeEmail",
    "phone": "dataControllerRepresentativePhone",
    "contact_person": "dataControllerRepresentative",
    "dpo_name": "dataProtectionOfficerName",
}
JOINT = [key for key in HEADINGS if key.startswith("commonDataController")]
MINIMAL = [
    "organizationId",
    "purpose",
    "categorySubjects",
    "categoryPersonalData",
    "plannedDeletion",
    "recipientCategories",
    "internationalReceivers",
    "guarantees",
    "securityMeasures",
]
