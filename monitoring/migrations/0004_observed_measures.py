"""Once figures are recorded, a measure keeps its kind of number and its breakdown: the figures would mean nothing else.

The trigger stands here because only monitoring knows of figures; nothing of commitments names them.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION stride_observed_measure_stays() RETURNS trigger AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM monitoring_observation o WHERE o.measure_id = OLD.id) AND (
        NEW.unit_kind <> OLD.unit_kind
        OR (OLD.dimension_id IS NOT NULL AND NEW.dimension_id IS DISTINCT FROM OLD.dimension_id)
        OR NEW.cadence <> OLD.cadence
    ) THEN
        RAISE EXCEPTION
            'Figures are recorded for this measure, so its kind of number, breakdown and collection stay. Add a new one.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'observed_measure_stays';
    END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER observed_measure_stays
    BEFORE UPDATE OF unit_kind, dimension_id, cadence ON commitments_measure
    FOR EACH ROW EXECUTE FUNCTION stride_observed_measure_stays();
"""
BACKWARD = """
DROP TRIGGER observed_measure_stays ON commitments_measure;
DROP FUNCTION stride_observed_measure_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0003_observations")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
