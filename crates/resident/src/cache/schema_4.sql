-- 指定緊急避難場所 by the danger that they are meant for, so that the nearest for a rare danger is found as fast as for any:
-- an entry for each site and each of its dangers. Its number: the place's << 3 | the danger's (places.rs).
-- From a danger's number to half a one more: a flat box has no volume, and the tree weighs volumes where it puts things.
CREATE VIRTUAL TABLE sites_at USING rtree (number, lat0, lat1, lon0, lon1, danger0, danger1);

WITH dangers (number, code) AS (VALUES
    (0, 'flood'), (1, 'landslide'), (2, 'storm-surge'), (3, 'earthquake'), (4, 'tsunami'), (5, 'fire'), (6, 'inland-flood'),
    (7, 'volcano'))
INSERT INTO sites_at
    SELECT DISTINCT p.number << 3 | d.number, p.lat, p.lat, p.lon, p.lon, d.number, d.number + 0.5
    FROM places p JOIN place_kinds k ON k.number = p.kind, json_each(p.line, '$.valid_for') v JOIN dangers d ON d.code = v.value
    WHERE k.code = 'emergency-site' AND p.lat IS NOT NULL;
