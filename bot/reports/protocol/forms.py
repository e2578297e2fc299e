"""What a form of the protocol may say: names of fields that exist, loops over them and conditions, and nothing else.

That is a part of Jinja's language: there are no calls, no filters, no arithmetic and no assignments. This module reads
files of strangers: it runs in the process of ``bot.reports.protocol.child`` alone.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any, Final

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from bot.reports.protocol.fields import PROTOCOL_SHAPE
from bot.reports.protocol.filling import FormFault, FormFaultKind, FormRefused
from bot.reports.protocol.properties import repacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2 import Environment

    from bot.reports.protocol.fields import Shape

LARGEST_PARTS: Final = 20 << 20
"""Bytes of all parts of a form together, unpacked."""
MOST_PARTS: Final = 500
_EXPRESSIONS: Final = (
    *(nodes.Name, nodes.Getattr, nodes.Const, nodes.Compare, nodes.Operand),
    *(nodes.And, nodes.Or, nodes.Not, nodes.Test),
)
_TESTS: Final = frozenset({"defined", "none", "odd", "even"})
_LOOP: Final[dict[str, Shape]] = dict.fromkeys(("index", "index0", "first", "last", "length", "revindex"))
_ESCAPED_BRACES: Final = (("{_{", "{&#95;{"), ("}_}", "}&#95;}"), ("{_%", "{&#95;%"), ("%_}", "%&#95;}"))
"""What docxtpl takes for braces, written so that it stays what a person wrote."""
_RICH_TEXT: Final = re.compile(r"\{\{(?:r|p|tr|tc)\s")
_TAG: Final = re.compile(r"<[^>]*>")
_OUTSIDE: Final = re.compile(rb'TargetMode\s*=\s*["\']External')
_HYPERLINK: Final = b"/relationships/hyperlink"


def check(form: bytes) -> None:
    """Look a form over. Raises FormRefused."""
    template = _opened(form)
    found = dict.fromkeys(fault for source in template.sources() for fault in _source_faults(source))
    if found:
        raise FormRefused(*found)


def fill(form: bytes, fields: Mapping[str, Any]) -> bytes:
    """A form with its fields filled in, as a Word document. Raises FormRefused."""
    check(form)
    return repacked(fill_known(form, fields))


def fill_known(form: bytes, fields: Mapping[str, Any]) -> bytes:
    """The same with a form that was checked, packed as the library packs it, with its clock. Raises FormRefused."""
    template = _opened(form)
    try:
        template.render(dict(fields), _environment(), autoescape=True)
    except (TemplateError, etree.XMLSyntaxError) as error:
        raise FormRefused(FormFault(FormFaultKind.BROKEN, type(error).__name__)) from error
    made = io.BytesIO()
    template.save(made)
    return made.getvalue()


class _Form(DocxTemplate):  # type: ignore[misc]
    """A form whose result must be well-formed: docxtpl would drop what is not."""

    def sources(self) -> Iterator[str]:
        """Everything that is read as a template: the body, heads and feet of pages, footnotes, properties."""
        self.init_docx()
        yield self.get_xml()
        for uri in (self.HEADER_URI, self.FOOTER_URI):
            for _, part in self.get_headers_footers(uri):
                yield self.get_part_xml(part)
        for part in self.docx.part.package.parts:
            if part.content_type.endswith("footnotes+xml"):
                yield part.blob.decode("utf-8", "replace")
        properties = self.docx.core_properties
        for name in ("author", "comments", "identifier", "language", "subject", "title"):
            yield str(escape(getattr(properties, name)))

    def fix_tables(self, xml: str) -> Any:
        """As docxtpl does, of what is well-formed. Raises XMLSyntaxError."""
        etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
        return super().fix_tables(xml)


def _opened(form: bytes) -> _Form:
    try:
        with zipfile.ZipFile(io.BytesIO(form)) as package:
            _ensure_harmless(package)
        template = _Form(io.BytesIO(form))
        template.init_docx()
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise FormRefused(FormFault(FormFaultKind.NO_WORD)) from error
    return template


def _ensure_harmless(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_PARTS:
        raise FormRefused(FormFault(FormFaultKind.TOO_LARGE))
    for part in parts:
        name = part.filename.lower()
        if "vbaproject" in name or "/embeddings/" in name or "activex" in name:
            raise FormRefused(FormFault(FormFaultKind.PROGRAM, part.filename))
        if name.endswith((".xml", ".rels")):
            content = package.read(part)
            if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                raise FormRefused(FormFault(FormFaultKind.NO_WORD))
            if name.endswith(".rels") and any(
                _OUTSIDE.search(relation) and _HYPERLINK not in relation
                for relation in content.split(b"<Relationship ")
            ):
                raise FormRefused(FormFault(FormFaultKind.OUTSIDE, part.filename))


def _source_faults(source: str) -> Iterator[FormFault]:
    if (rich := _RICH_TEXT.search(_TAG.sub("", source))) is not None:
        yield FormFault(FormFaultKind.REFUSED, rich[0].strip())
        return
    patched = _Form(io.BytesIO()).patch_xml(source)
    try:
        tree = _environment().parse(patched)
    except TemplateError as error:
        yield FormFault(FormFaultKind.BROKEN, _TAG.sub("", str(error))[:200])
        return
    assert isinstance(PROTOCOL_SHAPE, dict)
    yield from _body_faults(tree.body, PROTOCOL_SHAPE)


def _body_faults(body: list[nodes.Node], scope: Mapping[str, Shape]) -> Iterator[FormFault]:
    for node in body:
        match node:
            case nodes.Output():
                for part in node.nodes:
                    if not isinstance(part, nodes.TemplateData):
                        yield from _text_faults(part, scope)
            case nodes.If():
                yield from _expression_faults(node.test, scope)
                yield from _body_faults([*node.body, *node.elif_, *node.else_], scope)
            case nodes.For():
                yield from _loop_faults(node, scope)
            case _:
                yield FormFault(FormFaultKind.REFUSED, type(node).__name__.lower())


def _loop_faults(node: nodes.For, scope: Mapping[str, Shape]) -> Iterator[FormFault]:
    if not isinstance(node.target, nodes.Name) or node.recursive or node.test is not None:
        yield FormFault(FormFaultKind.REFUSED, "for")
        return
    try:
        shape = _shape(node.iter, scope)
    except FormRefused as bad:
        yield from bad.faults
        return
    if not isinstance(shape, list):
        yield FormFault(FormFaultKind.NO_LIST, _written(node.iter))
        return
    inner = {**scope, node.target.name: shape[0], "loop": _LOOP}
    yield from _body_faults([*node.body, *node.else_], inner)


def _text_faults(node: nodes.Expr, scope: Mapping[str, Shape]) -> Iterator[FormFault]:
    """Only a text can be written."""
    try:
        shape = _shape(node, scope)
    except FormRefused as bad:
        yield from bad.faults
        return
    if shape is not None:
        yield FormFault(FormFaultKind.NO_TEXT, _written(node))


def _expression_faults(node: nodes.Node, scope: Mapping[str, Shape]) -> Iterator[FormFault]:
    if isinstance(node, nodes.Name | nodes.Getattr):
        try:
            _shape(node, scope)
        except FormRefused as bad:
            yield from bad.faults
        return
    if not isinstance(node, _EXPRESSIONS) or (isinstance(node, nodes.Test) and node.name not in _TESTS):
        yield FormFault(FormFaultKind.REFUSED, type(node).__name__.lower())
        return
    for part in node.iter_child_nodes():
        yield from _expression_faults(part, scope)


def _shape(node: nodes.Node, scope: Mapping[str, Shape]) -> Shape:
    """What a name stands for. Raises FormRefused."""
    match node:
        case nodes.Name() if node.name in scope:
            return scope[node.name]
        case nodes.Getattr():
            found = _shape(node.node, scope)
            if isinstance(found, dict) and node.attr in found:
                return found[node.attr]
        case nodes.Name():
            pass
        case _:
            raise FormRefused(FormFault(FormFaultKind.REFUSED, type(node).__name__.lower()))
    raise FormRefused(FormFault(FormFaultKind.UNKNOWN, _written(node)))


def _written(node: nodes.Node) -> str:
    """A name as it stands in the form."""
    match node:
        case nodes.Getattr():
            return f"{_written(node.node)}.{node.attr}"
        case nodes.Name():
            return str(node.name)
    return "…"


def _environment() -> Environment:
    environment = ImmutableSandboxedEnvironment(autoescape=True, finalize=_paper, undefined=StrictUndefined)
    environment.globals.clear()
    environment.filters.clear()
    for name in set(environment.tests) - _TESTS:
        del environment.tests[name]
    return environment


def _paper(value: Any) -> Markup:
    """A text as it goes into the document: what could be read as markup or as a field stays what it is."""
    text = str(escape(value))
    for mark, written in _ESCAPED_BRACES if "_" in text else ():
        text = text.replace(mark, written)
    return Markup(text)  # noqa: S704 escaped above
