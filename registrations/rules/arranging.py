"""Putting things into an order, one step at a time."""

from collections.abc import Collection, Sequence


def rearranged(chosen: Sequence[str], *, step: str, offered: Collection[str]) -> list[str]:
    """The chosen names after a step: "up:NAME", "down:NAME", "add:NAME", "remove:NAME", "all" or "none".

    A step that does not apply changes nothing; names that are not offered and second mentions are left out.
    """
    names = [name for name in dict.fromkeys(chosen) if name in offered]
    verb, _colon, name = step.partition(":")
    if verb == "all":
        return names + [each for each in offered if each not in names]
    if verb == "none":
        return []
    if verb == "add" and name in offered and name not in names:
        return [*names, name]
    if name not in names:
        return names
    place = names.index(name)
    rest = names[:place] + names[place + 1 :]
    if verb == "remove":
        return rest
    to = {"up": max(place - 1, 0), "down": place + 1}.get(verb, place)
    return [*rest[:to], name, *rest[to:]]


def next_step(step: str, *, before: Sequence[str], chosen: Sequence[str], offered: Sequence[str]) -> str:
    """The step that one is likely to take after this one, or "": the keyboard goes on there."""
    verb, _colon, name = step.partition(":")
    if verb in ("up", "down"):
        turned = {name: step} | {first: f"down:{first}" for first in chosen[:1]} | {last: f"up:{last}" for last in chosen[-1:]}
        return turned.get(name, "") if len(chosen) > 1 else ""
    if verb == "add" and name in offered:
        others = [each for each in offered if each not in chosen]
        return _nearest("add", others, place=sum(each not in chosen for each in offered[: offered.index(name)]))
    if verb == "remove" and name in before:
        return _nearest("remove", chosen, place=before.index(name))
    return ""


def _nearest(verb: str, names: Sequence[str], *, place: int) -> str:
    return f"{verb}:{names[min(place, len(names) - 1)]}" if names else ""
