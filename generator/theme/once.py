"""Parts of templates that are made once: what reads the site alone, and what a loop makes of one story.

Views are frozen, so equal names give equal text. The section bar stands on every page, a story's card in some five
lists; both are found in a template before it is compiled, and kept. What reads a page, sets a name, calls a macro or
counts its way through a loop is made each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import count, groupby
from typing import Any

from jinja2 import Environment, TemplateNotFound, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.utils import Namespace
from markupsafe import escape

_FIXED = frozenset({"site", "t", "asset"})
"""Names that mean the same on every page of a build."""

_PURE = (
    nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Tuple, nodes.List, nodes.Dict, nodes.Pair,
    nodes.Getattr, nodes.Getitem, nodes.Slice, nodes.Filter, nodes.Test, nodes.Call, nodes.Keyword, nodes.CondExpr,
    nodes.Compare, nodes.Operand, nodes.Concat, nodes.BinExpr, nodes.UnaryExpr, nodes.If, nodes.For, nodes.Include,
)  # fmt: skip
"""What a part that is made once may consist of."""

_ANYTHING = frozenset({"*"})
"""The names that something reads of which that cannot be known."""

_CHANGEABLE = (Namespace, list, dict, set)
_MOST = 30_000
"""Parts that are kept."""


class Kept:
    """The parts of one environment, by the place in the template and the very values that they were made from."""

    def __init__(self) -> None:
        self.numbers = count()
        self._parts: dict[tuple[int, ...], tuple[str, tuple[object, ...]]] = {}
        self.find = self._parts.get

    def keep(self, key: tuple[int, ...], text: str, values: tuple[object, ...]) -> str:
        """Keep a part with its values, which so long as they live share their ids with no others.

        What was made from a value that a template can change, which no view holds, is not kept.
        """
        if any(isinstance(value, _CHANGEABLE) for value in values):
            return text
        if len(self._parts) > _MOST:
            self._parts.clear()
        self._parts[key] = text, values
        return text


def escaped(value: object) -> str:
    """A value as HTML, to be joined with others; most texts need no escape, and five looks cost a fifth of one."""
    if type(value) is not str or "&" in value or "<" in value or ">" in value or '"' in value or "'" in value:
        return escape(value)
    return value


class Generator(CodeGenerator):
    """Compiles a template so that such parts are made once; `environment.kept` has them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._once: dict[nodes.If, list[str]] = {}
        self._names = _Names(self.environment, self.name or "")

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802  # Jinja's name
        """See the base class. What stands beside the blocks of a template that extends another is never shown."""
        if node.find(nodes.Extends) is None:
            node.body = self._parted(node.body)
        for block in node.find_all(nodes.Block):
            block.body = self._parted(block.body)
        super().visit_Template(node, frame)

    def _parted(self, body: list[nodes.Node]) -> list[nodes.Node]:
        """Statements, where those that read the site alone stand together in an `If` of `_once`."""
        parted: list[nodes.Node] = []
        run: list[nodes.Node] = []
        for node in _single(body):
            if self._names.of(node) <= _FIXED:
                run.append(node)
                continue
            parted += self._made_once(run)
            run = []
            self._look_into(node)
            parted.append(node)
        return list(_joined(parted + self._made_once(run)))

    def _look_into(self, node: nodes.Node) -> None:
        """Find parts in the parts of a statement."""
        if isinstance(node, nodes.If):
            node.body, node.else_ = self._parted(node.body), self._parted(node.else_)
            for other in node.elif_:
                self._look_into(other)
        elif isinstance(node, nodes.For):
            target = {node.target.name} if isinstance(node.target, nodes.Name) else set()
            if self._names.of_all(node.body) <= _FIXED | target:
                node.body = self._made_once(node.body)
            else:
                node.body = self._parted(node.body)

    def _made_once(self, body: list[nodes.Node]) -> list[nodes.Node]:
        """A statement that makes some others once for all values that they read; plain text stays as it is."""
        body = list(_joined(body))
        if not _is_worth_keeping(body):
            return body
        once = nodes.If(nodes.Const(1), body, [], [], lineno=body[0].lineno)
        self._once[once] = sorted(self._names.of_all(body))
        return [once.set_environment(self.environment)]

    def visit_If(self, node: nodes.If, frame: Frame) -> None:  # noqa: N802  # Jinja's name
        """See the base class."""
        names = self._once.get(node)
        if names is None:
            super().visit_If(node, frame)
            return
        values = [frame.symbols.find_ref(name) or f"resolve({name!r})" for name in names]
        key, text, inner = self.temporary_identifier(), self.temporary_identifier(), frame.soft()
        number = next(self.environment.kept.numbers)  # type: ignore[attr-defined]
        self.writeline(f"{key} = ({number}, {''.join(f'id({value}), ' for value in values)})", node)
        self.writeline(f"{text} = environment.kept.find({key})")
        self.writeline(f"if {text} is None:")
        self.indent()
        self.buffer(inner)
        self.blockvisit(node.body, inner)
        kept = "".join(f"{value}, " for value in values)
        self.writeline(f"{text} = environment.kept.keep({key}, concat({inner.buffer}), ({kept}))")
        self.outdent()
        self.writeline("else:")
        self.indent()
        self.writeline(f"{text} = {text}[0]")
        self.outdent()
        self.simple_write(text, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """See the base class; what is written is only joined, so it need not be Markup."""
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


def _single(body: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    """Statements, each output by itself."""
    for node in body:
        if isinstance(node, nodes.Output):
            for child in node.nodes:
                yield nodes.Output([child], lineno=child.lineno, environment=node.environment)
        else:
            yield node


def _joined(body: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    """Statements, neighbouring outputs as one."""
    for kind, group in groupby(body, key=type):
        if kind is nodes.Output:
            first, *others = group
            texts = [child for output in (first, *others) for child in output.iter_child_nodes()]
            yield nodes.Output(texts, lineno=first.lineno, environment=first.environment)
        else:
            yield from group


class _Names:
    """The names on which the text of a part depends; each part is looked at once.

    Args:
        environment: The theme's.
        template: The template that is compiled.
    """

    def __init__(self, environment: Environment, template: str) -> None:
        self._environment = environment
        self._template = template
        self._known: dict[nodes.Node | str, frozenset[str]] = {}

    def of_all(self, body: Iterable[nodes.Node]) -> frozenset[str]:
        """Those of several parts."""
        return frozenset().union(*map(self.of, body))

    def of(self, node: nodes.Node) -> frozenset[str]:
        """Those of one."""
        if node not in self._known:
            self._known[node] = self._read(node)
        return self._known[node]

    def _read(self, node: nodes.Node) -> frozenset[str]:
        if isinstance(node, nodes.Name):
            return frozenset({node.name})
        if not isinstance(node, _PURE) or (isinstance(node, nodes.Filter) and node.name == "random"):
            return _ANYTHING
        if isinstance(node, nodes.Include):
            template = node.template.value if isinstance(node.template, nodes.Const) and node.with_context else None
            if not isinstance(template, str):
                return _ANYTHING
            return self._included(self._environment.join_path(template, self._template))
        if isinstance(node, nodes.For):
            own = self.of(node.target) | {"loop"}
            test = [node.test] if node.test else []
            return self.of_all([node.iter, *node.else_]) | (self.of_all([*node.body, *test]) - own)
        return self.of_all(node.iter_child_nodes())

    def _included(self, name: str) -> frozenset[str]:
        """Those of an included template and of all that it includes; of one that includes itself, nobody knows."""
        if name not in self._known:
            self._known[name] = _ANYTHING
            loader = self._environment.loader
            # One that is not there is told, or passed over, when the page is made.
            outer, self._template = self._template, name
            with suppress(TemplateNotFound):
                source = loader.get_source(self._environment, name)[0] if loader else ""
                self._known[name] = self.of_all(self._environment.parse(source).body)
            self._template = outer
        return self._known[name]


def _is_worth_keeping(body: Iterable[nodes.Node]) -> bool:
    """Whether statements do more than to look up a part that was kept."""
    whole = nodes.Scope(list(body))
    if whole.find(nodes.For) or whole.find(nodes.Include):
        return True
    texts = [child for output in whole.find_all(nodes.Output) for child in output.nodes]
    return sum(not isinstance(child, nodes.TemplateData) for child in texts) > 2
