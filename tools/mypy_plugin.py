"""Teaches mypy the columns `name_en` and `name_es` that `name = translated_text(...)` makes, on top of django-stubs."""

from collections.abc import Callable

from mypy.nodes import AssignmentStmt, CallExpr, NameExpr, RefExpr
from mypy.plugin import ClassDefContext, Plugin
from mypy.plugins.common import add_attribute_to_class
from mypy_django_plugin.main import NewSemanalDjangoPlugin

LANGUAGES = ("en", "es")
MAKER = "registrations.models.fields.translated_text"


class TranslatedTextPlugin(NewSemanalDjangoPlugin):
    def get_base_class_hook(self, fullname: str) -> Callable[[ClassDefContext], None] | None:
        of_django = super().get_base_class_hook(fullname)
        return _then_add_translations(of_django) if of_django else None


def _then_add_translations(of_django: Callable[[ClassDefContext], None]) -> Callable[[ClassDefContext], None]:
    def hook(context: ClassDefContext) -> None:
        of_django(context)
        for name in _translated_names(context):
            for language in LANGUAGES:
                add_attribute_to_class(context.api, context.cls, f"{name}_{language}", context.api.named_type("builtins.str"))

    return hook


def _translated_names(context: ClassDefContext) -> list[str]:
    assignments = [statement for statement in context.cls.defs.body if isinstance(statement, AssignmentStmt)]
    return [
        target.name
        for assignment in assignments
        for target in assignment.lvalues
        if isinstance(target, NameExpr) and _makes_a_translated_text(assignment)
    ]


def _makes_a_translated_text(assignment: AssignmentStmt) -> bool:
    value = assignment.rvalue
    return isinstance(value, CallExpr) and isinstance(value.callee, RefExpr) and value.callee.fullname == MAKER


def plugin(version: str) -> type[Plugin]:
    """What mypy looks for in a plugin file."""
    return TranslatedTextPlugin
