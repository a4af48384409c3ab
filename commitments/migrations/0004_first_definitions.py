"""Measures that were there before get their first definition as a version, and a kind of number where the unit says it."""

from django.db import migrations

FIRST_VERSIONS = """
INSERT INTO commitments_measureversion
    (measure_id, number, applies_from, definition, numerator_is, denominator_is, reason)
SELECT m.id, 1, NULL, m.definition, m.numerator_is, m.denominator_is, ''
FROM commitments_measure m
WHERE NOT EXISTS (SELECT 1 FROM commitments_measureversion v WHERE v.measure_id = m.id);
"""
KINDS = """
UPDATE commitments_measure SET unit_kind = 'share' WHERE lower(unit) IN ('per cent', 'percent', '%');
UPDATE commitments_measure SET unit_kind = 'days' WHERE lower(unit) IN ('days', 'working days');
UPDATE commitments_measure SET unit_kind = 'score' WHERE lower(unit) = 'score';
"""


class Migration(migrations.Migration):
    dependencies = [("commitments", "0003_typed_targets")]
    operations = [
        migrations.RunSQL(FIRST_VERSIONS, migrations.RunSQL.noop),
        migrations.RunSQL(KINDS, migrations.RunSQL.noop),
    ]
