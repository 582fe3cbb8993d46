"""Checks an answer against its problem, both as plain JSON, and shares no line with what made it."""

from collections import Counter


def faults(problem, answer):
    """Everything an answer breaks, in words."""
    meetings = [(m["investor"], m["company"], m["slot"], m["room"]) for m in answer["meetings"]]
    weights = {(r["investor"], r["company"]): r["weight"] for r in problem["requests"]}
    at = {name: place for place, name in enumerate(problem["slots"])}
    found = [f"{i}-{c} is no wish" for i, c, _s, _r in meetings if (i, c) not in weights]
    found += [f"{i}-{c} is forbidden" for i, c, _s, _r in meetings if [i, c] in problem.get("forbidden", [])]
    for many, what in (
        (Counter((i, c) for i, c, _s, _r in meetings), "met"),
        (Counter((i, s) for i, _c, s, _r in meetings), "investor's slot"),
        (Counter((c, s) for _i, c, s, _r in meetings), "company's slot"),
        (Counter((s, r) for _i, _c, s, r in meetings), "room"),
    ):
        found += [f"{what} {key} twice" for key, times in many.items() if times > 1]
    found += [f"room {room}" for _i, _c, _s, room in meetings if not 1 <= room <= problem["rooms"]]
    for side, key in ((0, "investors"), (1, "companies")):
        for party in problem[key]:
            own = sorted(at[m[2]] for m in meetings if m[side] == party["id"])
            found += [f"{party['id']} at {s}" for s in own if problem["slots"][s] not in party["available"]]
            found += [f"{party['id']} too often"] if len(own) > party["max"] else []
            close = [b - a for a, b in zip(own, own[1:], strict=False) if b - a <= problem.get("min_gap", 0)]
            found += [f"{party['id']} without a pause"] if close else []
    for locked in problem.get("locked", []):
        found += [] if tuple(locked) in {m[:3] for m in meetings} else [f"{locked} was locked"]
    helpers = problem.get("interpreters", {})
    if "count" in helpers:
        spoken = Counter(s for i, c, s, _r in meetings if [i, c] in helpers["needs"])
        found += [f"interpreters at {s}" for s, times in spoken.items() if times > helpers["count"]]
    weight = sum(weights.get((i, c), 0) for i, c, _s, _r in meetings)
    found += [] if weight == answer["weight"] <= answer["bound"] else ["weight"]
    told = {(u["investor"], u["company"]) for u in answer["unmet"]}
    found += [] if told == set(weights) - {m[:2] for m in meetings} else ["unmet"]
    return found


def best(problem):
    """The greatest weight there is, by trying everything; for very small problems."""
    requests = problem["requests"]

    def tried(number, meetings):
        if number == len(requests):
            answer = _answer(problem, meetings)
            return answer["weight"] if not faults(problem, answer) else -1
        one = requests[number]
        pair = one["investor"], one["company"]
        ways = [meetings] + [[*meetings, (*pair, slot)] for slot in problem["slots"]]
        return max(tried(number + 1, way) for way in ways if _rooms(problem, way))

    return tried(0, [])


def _rooms(problem, meetings):
    return all(times <= problem["rooms"] for times in Counter(slot for *_pair, slot in meetings).values())


def _answer(problem, meetings):
    used, rows = Counter(), []
    for investor, company, slot in meetings:
        used[slot] += 1
        rows.append({"investor": investor, "company": company, "slot": slot, "room": used[slot]})
    weights = {(r["investor"], r["company"]): r["weight"] for r in problem["requests"]}
    weight = sum(weights[i, c] for i, c, _s in meetings)
    met = {(i, c) for i, c, _s in meetings}
    unmet = [{"investor": i, "company": c} for i, c in weights if (i, c) not in met]
    return {"meetings": rows, "weight": weight, "bound": weight, "unmet": unmet}
