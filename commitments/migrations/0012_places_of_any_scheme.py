"""The code of a place is from a scheme with a name; places that were there have GB/T 2260 codes."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from ._triggers import AddTrigger


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0011_plans_have_calendars_of_their_own"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="jurisdiction",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="jurisdiction",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="jurisdiction",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="jurisdiction",
            name="jurisdiction_code_form",
        ),
        migrations.AddField(
            model_name="jurisdiction",
            name="scheme",
            field=models.CharField(default="GB/T 2260", max_length=40, verbose_name="scheme of the code"),
        ),
        migrations.AddField(
            model_name="jurisdictionedit",
            name="scheme",
            field=models.CharField(default="GB/T 2260", max_length=40, verbose_name="scheme of the code"),
        ),
        migrations.AlterField(
            model_name="jurisdiction",
            name="code",
            field=models.CharField(max_length=20, unique=True, verbose_name="code"),
        ),
        migrations.AlterField(
            model_name="jurisdictionedit",
            name="code",
            field=models.CharField(max_length=20, verbose_name="code"),
        ),
        AddTrigger(
            model_name="jurisdiction",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_jurisdictionedit" ("code", "id", "name", "name_en", "parent_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme") VALUES (NEW."code", NEW."id", NEW."name", NEW."name_en", NEW."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'insert\', NEW."id", NEW."scheme"); RETURN NULL;',
                    hash="d3484c95deaa81a7494fce17ce9f1ef7fee0303c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_07be9",
                    table="commitments_jurisdiction",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="jurisdiction",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "commitments_jurisdictionedit" ("code", "id", "name", "name_en", "parent_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme") VALUES (NEW."code", NEW."id", NEW."name", NEW."name_en", NEW."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'update\', NEW."id", NEW."scheme"); RETURN NULL;',
                    hash="3fca4e1d9203a5f998e3bda026084f90d65f34c7",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_724fa",
                    table="commitments_jurisdiction",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="jurisdiction",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_jurisdictionedit" ("code", "id", "name", "name_en", "parent_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme") VALUES (OLD."code", OLD."id", OLD."name", OLD."name_en", OLD."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'delete\', OLD."id", OLD."scheme"); RETURN NULL;',
                    hash="1a587309f0dbbd876c3530bb3c986f62b70167ec",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_93700",
                    table="commitments_jurisdiction",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="jurisdiction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code__regex", "^[1-9][0-9]{5}$"), ("scheme", "GB/T 2260")),
                    models.Q(
                        models.Q(("scheme", "GB/T 2260"), _negated=True),
                        ("code__regex", "^[A-Za-z0-9][A-Za-z0-9.-]{0,19}$"),
                    ),
                    _connector="OR",
                ),
                name="jurisdiction_code_form",
                violation_error_message="A GB/T 2260 code has six digits, the first not 0. A code of another scheme has letters, digits, dots and hyphens.",
            ),
        ),
        migrations.AddConstraint(
            model_name="jurisdiction",
            constraint=models.CheckConstraint(
                condition=models.Q(("scheme", ""), _negated=True), name="jurisdiction_scheme_not_blank"
            ),
        ),
    ]
