"""Reads our JSON-LD as a program that knows RDF does."""

import warnings

from rdflib import Graph


def graph_of(content: bytes) -> Graph:
    with warnings.catch_warnings():
        # The reader of rdflib 7.6 uses a class that rdflib 7.6 has deprecated.
        warnings.filterwarnings("ignore", "ConjunctiveGraph is deprecated", DeprecationWarning)
        return Graph().parse(data=content.decode(), format="json-ld")
