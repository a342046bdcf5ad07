"""The outbox holds mails of any kind; the digests in it are one kind."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FILL = """
UPDATE commitments_outgoingmail AS mail
SET key = mail.week || '/' || mail.subscription_id, address = subscription.email, plan_id = subscription.plan_id
FROM commitments_subscription AS subscription
WHERE subscription.id = mail.subscription_id;
SET CONSTRAINTS ALL IMMEDIATE;
"""
EMPTY = """
DELETE FROM commitments_outgoingmail WHERE kind <> 'digest';
UPDATE commitments_outgoingmail SET week = split_part(key, '/', 1);
SET CONSTRAINTS ALL IMMEDIATE;
"""
STATES = ["pending", "claimed", "sending", "sent", "failed", "skipped"]
HELD = ["claimed", "sending"]


def sent_says_when(table: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(
            models.Q(("sent_at__isnull", False), ("state", "sent")),
            models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
            _connector="OR",
        ),
        name=f"{table}_sent_says_when",
    )


def lease_while_held(table: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(
            models.Q(("lease_until__isnull", False), ("state__in", HELD)),
            models.Q(models.Q(("state__in", HELD), _negated=True), ("lease_until__isnull", True)),
            _connector="OR",
        ),
        name=f"{table}_lease_while_held",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0028_seals_of_the_ledger"),
    ]

    operations = [
        migrations.RemoveConstraint("digestdelivery", "digestdelivery_once_a_week"),
        migrations.RemoveConstraint("digestdelivery", "digestdelivery_week_form"),
        migrations.RemoveConstraint("digestdelivery", "digestdelivery_state_known"),
        migrations.RemoveConstraint("digestdelivery", "digestdelivery_sent_says_when"),
        migrations.RemoveConstraint("digestdelivery", "digestdelivery_lease_while_held"),
        migrations.RenameModel("DigestDelivery", "OutgoingMail"),
        migrations.AlterModelOptions(
            "outgoingmail",
            options={
                "ordering": ["-not_before", "-pk"],
                "verbose_name": "outgoing mail",
                "verbose_name_plural": "outgoing mails",
            },
        ),
        migrations.RenameIndex("outgoingmail", new_name="outgoingmail_open", old_name="digestdelivery_open"),
        migrations.AddField(
            "outgoingmail",
            "kind",
            models.CharField(
                choices=[("digest", "Weekly digest"), ("returned", "Returned report")],
                default="digest",
                max_length=10,
                verbose_name="kind",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "outgoingmail",
            "key",
            models.CharField(default="", max_length=100, verbose_name="occasion"),
            preserve_default=False,
        ),
        migrations.AddField(
            "outgoingmail",
            "person",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mails",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            "outgoingmail",
            "address",
            models.EmailField(blank=True, default="", max_length=254, verbose_name="address"),
            preserve_default=False,
        ),
        migrations.AddField(
            "outgoingmail",
            "plan",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mails",
                to="commitments.plan",
                verbose_name="plan",
            ),
        ),
        migrations.AlterField(
            "outgoingmail",
            "week",
            models.CharField(default="", max_length=8, verbose_name="ISO week"),
        ),
        migrations.AlterField(
            "outgoingmail",
            "subscription",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mails",
                to="commitments.subscription",
                verbose_name="subscription",
            ),
        ),
        migrations.RunSQL(FILL, EMPTY),
        migrations.RemoveField("outgoingmail", "week"),
        migrations.AddConstraint(
            "outgoingmail",
            models.UniqueConstraint(fields=("kind", "key"), name="outgoingmail_once_for_an_occasion"),
        ),
        migrations.AddConstraint(
            "outgoingmail",
            models.CheckConstraint(
                condition=models.Q(("kind__in", ["digest", "returned"])), name="outgoingmail_kind_known"
            ),
        ),
        migrations.AddConstraint(
            "outgoingmail",
            models.CheckConstraint(
                condition=models.Q(("state__in", STATES)), name="outgoingmail_state_known"
            ),
        ),
        migrations.AddConstraint(
            "outgoingmail",
            models.CheckConstraint(
                condition=models.Q(("key", ""), _negated=True), name="outgoingmail_key_not_blank"
            ),
        ),
        migrations.AddConstraint(
            "outgoingmail",
            models.CheckConstraint(
                condition=models.Q(
                    ("person__isnull", False), models.Q(("address", ""), _negated=True), _connector="OR"
                ),
                name="outgoingmail_has_a_recipient",
            ),
        ),
        migrations.AddConstraint(
            "outgoingmail",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "digest"), ("plan__isnull", False), ("subscription__isnull", False)),
                    models.Q(models.Q(("kind", "digest"), _negated=True), ("subscription__isnull", True)),
                    _connector="OR",
                ),
                name="outgoingmail_digest_of_a_subscription",
            ),
        ),
        migrations.AddConstraint("outgoingmail", sent_says_when("outgoingmail")),
        migrations.AddConstraint("outgoingmail", lease_while_held("outgoingmail")),
    ]
