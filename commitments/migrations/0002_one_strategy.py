"""A commitment's programme is of the commitment's strategy, and its strand of its programme: kept by foreign keys."""

from django.db import migrations

FORWARD = """
ALTER TABLE commitments_commitment
    ADD CONSTRAINT commitment_programme_of_its_strategy
    FOREIGN KEY (programme_id, strategy_id) REFERENCES commitments_programme (id, strategy_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE commitments_commitment
    ADD CONSTRAINT commitment_strand_of_its_programme
    FOREIGN KEY (strand_id, programme_id) REFERENCES commitments_strand (id, programme_id)
    DEFERRABLE INITIALLY DEFERRED;
"""
BACKWARD = """
ALTER TABLE commitments_commitment DROP CONSTRAINT commitment_strand_of_its_programme;
ALTER TABLE commitments_commitment DROP CONSTRAINT commitment_programme_of_its_strategy;
"""


class Migration(migrations.Migration):
    dependencies = [("commitments", "0001_ground")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
