"""The worst class of the polygons that cover each point, by shapely (GEOS): zones and points as JSON on stdin, classes as JSON on stdout."""

import json
import sys
import time

import numpy
import shapely

asked = json.load(sys.stdin)
geometries = numpy.array([shapely.Polygon(rings[0], rings[1:]) for _, rings in asked["zones"]])
classes = numpy.array([number for number, _ in asked["zones"]])
points = shapely.points(numpy.array(asked["points"]))
tree = shapely.STRtree(geometries)
tree.query(points[:10], predicate="covered_by")
spent = []
for _ in range(asked.get("runs", 1)):
    started = time.perf_counter()
    which, zones = tree.query(points, predicate="covered_by")
    spent.append((time.perf_counter() - started) / len(points) * 1e6)
worst = numpy.full(len(points), -1)
numpy.maximum.at(worst, which, classes[zones])
single = points[: asked.get("single", 10)]
started = time.perf_counter()
for point in single:
    tree.query(point, predicate="covered_by")
one_us = (time.perf_counter() - started) / len(single) * 1e6
invalid = int((~shapely.is_valid(geometries)).sum())
json.dump({"classes": worst.tolist(), "at_once_us": min(spent), "one_by_one_us": one_us, "invalid": invalid}, sys.stdout)
