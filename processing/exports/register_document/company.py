"""The part about the company: what Art. 30(1)(a) asks of it, and what holds for every activity."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from processing.exports.register_document.annotations import annotation_rows, unsaid
from processing.exports.register_document.assessments import transfer_assessments_row
from processing.exports.register_document.grouping import grouped, labels_of
from processing.exports.register_document.margin import Margin
from processing.exports.register_document.parties import transfer_entries
from processing.exports.register_document.parts import Entry, Part
from processing.exports.register_document.rows import entry_of, fact_entry, row_of, translations_row
from processing.exports.register_document.shared_words import SHARED
from processing.exports.register_document.wording import country_words, day_words, listed, noted, period_words, spaced
from processing.law.case_periods import CASE_PERIODS
from processing.law.findings import Finding
from processing.law.records import ControllerRecord, Register


def company_part(register: Register, company: ControllerRecord, findings: Sequence[Finding]) -> Part:
    margin = Margin((finding for finding in findings if finding.field not in SHARED), register.remarks)
    joint = [
        entry_of(row.name, _(row.status.label), noted(_("Kontakt"), row.contact), noted(_("Ordning"), row.arrangement))
        for row in company.joint_controllers
    ]
    required = [
        row_of("legal_name", _("Virksomhet"), [entry_of(company.legal_name)], "a"),
        row_of("org_no", _("Organisasjonsnummer"), [entry_of(spaced(company.org_no, 3))], "a"),
        row_of("trading_name", _("Navn utad"), [entry_of(company.trading_name)], "a"),
        row_of("named_as_controller", _("Oppgitt som ansvarlig"), [entry_of(company.named_as_controller)], "a"),
        row_of(
            "street",
            _("Adresse"),
            [entry_of(company.address, country_words(company.country) if company.country else "")],
            "a",
        ),
        row_of("email", _("E-post"), [entry_of(company.email)], "a"),
        row_of("phone", _("Telefon"), [entry_of(company.phone)], "a"),
        row_of("website", _("Nettsted"), [entry_of(company.website)], "a"),
        row_of("contact_person", _("Kontaktperson"), [entry_of(company.contact_person, company.contact_role)], "a"),
        row_of("joint_controllers", _("Felles ansvarlige"), joint, "a"),
        row_of(
            "has_representative",
            _("Representant i EØS"),
            [fact_entry(company.has_representative, company.representative)],
            "a",
        ),
        row_of("has_dpo", _("Personvernombud"), [dpo_entry(company)], "a"),
        row_of("transfers", _("Overføring, for alt"), transfer_entries(register.transfers), "e"),
        row_of(
            "measures",
            _("Sikring, for alt"),
            [entry_of(listed(measure.name for measure in register.general_measures))],
            "g",
        ),
    ]
    answered = company.processor_statement_on
    added = [
        transfer_assessments_row(register.transfer_assessments),
        row_of(
            "processor_for_others",
            _("Databehandler for andre"),
            [fact_entry(company.processor_for_others, noted(_("Svart"), day_words(answered) if answered else ""))],
        ),
        row_of("sells_data", _("Kjøper, leier eller selger opplysninger"), [fact_entry(company.sells_data)]),
        row_of("professional_secrecy", _("Taushetsplikt"), [fact_entry(company.professional_secrecy)]),
        row_of(
            "agreements_with_processors",
            _("Avtale med alle databehandlere"),
            [fact_entry(company.agreements_with_processors)],
        ),
        row_of(
            "transfers_documented_on_request",
            _("Viser overføringsgrunnlag på forespørsel"),
            [fact_entry(company.transfers_documented_on_request)],
        ),
        row_of("automated_decisions", _("Automatiserte avgjørelser"), [fact_entry(company.automated_decisions)]),
        row_of("profiling", _("Profilering"), [fact_entry(company.profiling)]),
        row_of(
            "answer_within_days",
            _("Lovet svar innen"),
            [
                entry_of(
                    ngettext("{count} dag", "{count} dager", company.answer_within_days).format(
                        count=company.answer_within_days
                    )
                    if company.answer_within_days
                    else ""
                )
            ],
        ),
        row_of("supervisory_authority", _("Tilsynsmyndighet"), [entry_of(company.supervisory_authority)]),
        row_of(
            "publishing_rule",
            _("Hvem kan publisere"),
            [entry_of(_(company.publishing_rule.label) if company.publishing_rule else "")],
        ),
        row_of("case_content_days", _("Saker: det personen skrev"), [period_entry(company, "case_content_days")]),
        row_of("case_withdrawn_days", _("Saker: trukket krav"), [period_entry(company, "case_withdrawn_days")]),
        row_of("case_answers_months", _("Saker: brev og begrunnelser"), [period_entry(company, "case_answers_months")]),
        row_of("case_line_years", _("Saker: saken selv"), [period_entry(company, "case_line_years")]),
        row_of("cookie_page", _("Side om informasjonskapsler"), [entry_of(company.cookie_page)]),
        *translations_row(register.translations),
        row_of(
            "review_routines",
            _("Rutiner"),
            [
                entry_of(
                    routine.description,
                    noted(
                        _("Minst hver"),
                        ngettext("{count} måned", "{count} måneder", routine.every_months).format(
                            count=routine.every_months
                        )
                        if routine.every_months
                        else "",
                    ),
                    noted(_("Kode"), routine.code),
                )
                for routine in company.review_routines
            ],
        ),
    ]
    label = labels_of(required, added)
    annotations = annotation_rows(register.statements, unsaid(register.remarks, findings), register.proposals, label)
    return Part(anchor="virksomheten", title=_("Virksomheten"), groups=grouped(required, added, annotations, margin))


def dpo_entry(company: ControllerRecord) -> Entry:
    return fact_entry(company.has_dpo, company.dpo_name, company.dpo_contact)


def period_entry(company: ControllerRecord, field: str) -> Entry:
    """How long a part of our own cases is kept; where nobody stated it, the proposal that is followed meanwhile."""
    period, stated = CASE_PERIODS[field], getattr(company, field)
    if stated is None:
        return entry_of("", noted(_("Vi følger forslaget"), period_words(period.proposed, period.unit)))
    return entry_of(period_words(stated, period.unit))
