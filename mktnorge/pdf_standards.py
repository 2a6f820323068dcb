"""Two standards in one file: PDF/UA-1, which everyone can read, and PDF/A-3a, which lasts and carries its data with it.

WeasyPrint makes either. Its PDF/A-3a is tagged as PDF/UA-1 asks, and lacks only the word of it; PDF/A asks that a word
which is not its own is described in the file.
"""

from __future__ import annotations

from typing import Any

VARIANT = "pdf/a-3a"
OUTPUT_INTENT = "srgb"

_UA = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"
 rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
_END = b"</rdf:RDF>"


def say_both_standards(metadata: Any) -> None:
    """Have WeasyPrint's metadata of a document say that it is PDF/UA-1 too."""
    said = metadata.generate_rdf_metadata

    def both(variant: str, version: object, conformance: object) -> bytes:
        body, end, rest = said(variant, version, conformance).rpartition(_END)
        return bytes(body + _UA + end + rest)

    metadata.generate_rdf_metadata = both


def name_attachments_once(pdf: Any) -> None:
    """Have the document name each attached file once: WeasyPrint 70 names it twice."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
