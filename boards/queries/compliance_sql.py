"""What the database counts for compliance: tallies by board and financial year, in plain SQL.

Each moment is taken apart in the body's time zone once a meeting, not once for each of its seats, items and deadlines,
which is most of what the same counts cost otherwise.
"""

TAKEN = """
    WITH taken AS MATERIALIZED (
        SELECT id, board_id, state, (starts_at AT TIME ZONE %(zone)s)::date AS day,
            extract(year FROM (starts_at AT TIME ZONE %(zone)s) - interval '3 months')::int AS year
        FROM boards_meeting
        WHERE board_id = ANY(%(boards)s) AND starts_at >= %(starts)s AND starts_at < %(until)s
    )
"""

# A seat counts at the meetings held while its membership lasted. A post that nobody held is neither there nor absent.
SEATS = f"""{TAKEN}
    SELECT m.board_id, m.year, max(label COLLATE "C") AS label, a.category,
        count(*) FILTER (WHERE presence = 'present') AS came,
        count(*) FILTER (WHERE presence = 'deputy') AS deputy,
        count(*) FILTER (WHERE presence = 'apologies' AND name <> '') AS apologies,
        count(*) FILTER (WHERE presence = 'absent' AND name <> '') AS absent,
        count(*) FILTER (WHERE presence = 'not_recorded' AND name <> '') AS unknown,
        count(*) FILTER (WHERE presence NOT IN ('present', 'deputy') AND name = '') AS vacant
    FROM boards_attendance a JOIN taken m ON m.id = a.meeting_id
    LEFT JOIN boards_membership s ON s.id = a.membership_id
    WHERE m.state = 'held' AND (s.id IS NULL OR m.day BETWEEN s.starts AND coalesce(s.ends, 'infinity'))
    GROUP BY m.board_id, m.year, a.post_id, a.person_id, a.category,
        CASE WHEN a.post_id IS NULL AND a.person_id IS NULL THEN label ELSE '' END
    ORDER BY m.board_id, m.year, array_position(%(order)s, a.category::text), lower(max(label COLLATE "C"))
"""

# Of meetings that were not cancelled. What is not due yet is neither late nor missing.
PRODUCTS = f"""{TAKEN}
    SELECT board_id, year, product, promise,
        count(*) FILTER (WHERE met_at <= due_at) AS in_time,
        count(*) FILTER (WHERE met_at > due_at) AS late,
        count(*) FILTER (WHERE met_at IS NULL AND due_at < %(at)s) AS missing,
        count(*) FILTER (WHERE met_at IS NULL AND due_at >= %(at)s) AS ahead
    FROM boards_milestone p JOIN taken m ON m.id = p.meeting_id
    WHERE m.state IN ('planned', 'held')
    GROUP BY board_id, year, product, promise
    ORDER BY board_id, year, product, promise
"""

# A duty is exercised by an item of a meeting that was held, once a meeting.
TOUCHED = f"""{TAKEN}
    SELECT m.board_id, m.year, d.key, count(DISTINCT m.id)
    FROM boards_agendaitem i JOIN taken m ON m.id = i.meeting_id JOIN boards_duty d ON d.id = i.duty_id
    WHERE m.state = 'held'
    GROUP BY m.board_id, m.year, d.key
"""
