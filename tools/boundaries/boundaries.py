#!/usr/bin/env python3
"""Makes crates/app/data/boundaries.txt, the lines that the map of control is drawn over.

The lines are Natural Earth's countries at 1:50 million (public domain), as the npm package `world-atlas`
packs them in TopoJSON (ISC licence). Run it beside an unpacked copy:

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python3 tools/boundaries/boundaries.py package/countries-50m.json > crates/app/data/boundaries.txt

Lines that start with `a` are arcs: points in hundredths of a degree, east and north by turns, each as the
difference from the last, in letters of six bits (the encoding known from polylines: zigzag, five bits a
letter, the sixth says that more follow). Lines that start with `c` are countries: the name, a tab, and rings
of arcs by number, with `;` between rings and `,` between arcs; `~` before one that is walked backwards.
"""

import json
import sys

STEP = 100  # points a degree
TOLERANCE = 0.02  # degrees that a line may leave its place by


def unpacked(atlas):
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    for arc in atlas["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        yield line


def simple(line):
    """Douglas and Peucker: the ends stay, and every point that is too far from the line between."""
    keep = [False] * len(line)
    keep[0] = keep[-1] = True
    stack = [(0, len(line) - 1)]
    while stack:
        a, b = stack.pop()
        (ax, ay), (bx, by) = line[a], line[b]
        dx, dy = bx - ax, by - ay
        length = (dx * dx + dy * dy) ** 0.5
        worst, at = TOLERANCE, None
        for i in range(a + 1, b):
            px, py = line[i][0] - ax, line[i][1] - ay
            away = abs(px * dy - py * dx) / length if length else (px * px + py * py) ** 0.5
            if away > worst:
                worst, at = away, i
        if at is not None:
            keep[at] = True
            stack += [(a, at), (at, b)]
    return [point for point, kept in zip(line, keep) if kept]


def letters(number):
    number = number << 1 ^ (-1 if number < 0 else 0)
    out = ""
    while number >= 32:
        out += chr((number & 31 | 32) + 63)
        number >>= 5
    return out + chr(number + 63)


def main():
    atlas = json.load(open(sys.argv[1], encoding="utf-8"))
    print("# Natural Earth, admin 0 countries, 1:50m, public domain; made by tools/boundaries/boundaries.py")
    for line in unpacked(atlas):
        out, last = "", (0, 0)
        for x, y in simple(line):
            point = (round(x * STEP), round(y * STEP))
            if out and point == last:
                continue
            out += letters(point[0] - last[0]) + letters(point[1] - last[1])
            last = point
        print("a " + out)
    countries = []
    for country in atlas["objects"]["countries"]["geometries"]:
        many = {"Polygon": lambda a: [a], "MultiPolygon": lambda a: a}.get(country["type"])
        if many is None:
            continue
        name = lambda arc: f"~{~arc}" if arc < 0 else str(arc)
        rings = [ring for polygon in many(country["arcs"]) for ring in polygon]
        rings = ";".join(",".join(name(arc) for arc in ring) for ring in rings)
        countries.append(f"c {country['properties']['name']}\t{rings}")
    print("\n".join(sorted(countries)))


main()
