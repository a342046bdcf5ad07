"""Each plan follows holidays and joins reporting months as its own settings say; plans that were there keep China's."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from ._triggers import AddTrigger


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0010_the_next_published_plan_counts"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="plan",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="plan",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="plan",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="plan",
            name="holidays",
            field=models.CharField(
                blank=True,
                default="CN",
                help_text="A country (CN, GB) or a part of it (GB-ENG). If empty, only weekends are days off.",
                max_length=40,
                verbose_name="holiday calendar",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="plan",
            name="joins_january",
            field=models.BooleanField(
                default=True, verbose_name="official statistics publish January and February together"
            ),
        ),
        migrations.AlterField(
            model_name="plan",
            name="joins_january",
            field=models.BooleanField(
                default=False, verbose_name="official statistics publish January and February together"
            ),
        ),
        migrations.AddField(
            model_name="planedit",
            name="holidays",
            field=models.CharField(
                blank=True,
                default="CN",
                help_text="A country (CN, GB) or a part of it (GB-ENG). If empty, only weekends are days off.",
                max_length=40,
                verbose_name="holiday calendar",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="planedit",
            name="joins_january",
            field=models.BooleanField(
                default=True, verbose_name="official statistics publish January and February together"
            ),
        ),
        migrations.AlterField(
            model_name="planedit",
            name="joins_january",
            field=models.BooleanField(
                default=False, verbose_name="official statistics publish January and February together"
            ),
        ),
        AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_planedit" ("code", "counts_for_place", "ends_on", "holidays", "id", "joins_january", "jurisdiction_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "reporting_due_day", "reporting_grace_days", "review_required", "rule_set_id", "starts_on", "statistics_due_day", "time_zone", "title", "title_en", "year") VALUES (NEW."code", NEW."counts_for_place", NEW."ends_on", NEW."holidays", NEW."id", NEW."joins_january", NEW."jurisdiction_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'insert\', NEW."id", NEW."published_at", NEW."reporting_due_day", NEW."reporting_grace_days", NEW."review_required", NEW."rule_set_id", NEW."starts_on", NEW."statistics_due_day", NEW."time_zone", NEW."title", NEW."title_en", NEW."year"); RETURN NULL;',
                    hash="7adfbc8c091ba8a370c8681d7a1bf7676843c304",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d3d4a",
                    table="commitments_plan",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "commitments_planedit" ("code", "counts_for_place", "ends_on", "holidays", "id", "joins_january", "jurisdiction_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "reporting_due_day", "reporting_grace_days", "review_required", "rule_set_id", "starts_on", "statistics_due_day", "time_zone", "title", "title_en", "year") VALUES (NEW."code", NEW."counts_for_place", NEW."ends_on", NEW."holidays", NEW."id", NEW."joins_january", NEW."jurisdiction_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'update\', NEW."id", NEW."published_at", NEW."reporting_due_day", NEW."reporting_grace_days", NEW."review_required", NEW."rule_set_id", NEW."starts_on", NEW."statistics_due_day", NEW."time_zone", NEW."title", NEW."title_en", NEW."year"); RETURN NULL;',
                    hash="51545293f900ed9b545557567a6d8524772f09fb",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_77aec",
                    table="commitments_plan",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_planedit" ("code", "counts_for_place", "ends_on", "holidays", "id", "joins_january", "jurisdiction_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "reporting_due_day", "reporting_grace_days", "review_required", "rule_set_id", "starts_on", "statistics_due_day", "time_zone", "title", "title_en", "year") VALUES (OLD."code", OLD."counts_for_place", OLD."ends_on", OLD."holidays", OLD."id", OLD."joins_january", OLD."jurisdiction_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'delete\', OLD."id", OLD."published_at", OLD."reporting_due_day", OLD."reporting_grace_days", OLD."review_required", OLD."rule_set_id", OLD."starts_on", OLD."statistics_due_day", OLD."time_zone", OLD."title", OLD."title_en", OLD."year"); RETURN NULL;',
                    hash="2fbaf887dc1570a120e515e00034f69ba4d5ea9f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7af79",
                    table="commitments_plan",
                    when="AFTER",
                ),
            ),
        ),
    ]
