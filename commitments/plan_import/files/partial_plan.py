"""A plan file as far as it could be read, for checks that need several tables."""

from dataclasses import dataclass

from . import rows
from .heading import Heading
from .problems import Problem
from .tables import Sheet


@dataclass
class Draft:
    heading: Heading
    agencies: Sheet[rows.AgencyRow]
    priorities: Sheet[rows.PriorityRow]
    commitments: Sheet[rows.CommitmentRow]
    targets: Sheet[rows.TargetRow]
    checkpoints: Sheet[rows.CheckpointRow]
    milestones: Sheet[rows.MilestoneRow]
    baselines: Sheet[rows.BaselineRow]

    @property
    def problems(self) -> list[Problem]:
        found = list(self.heading.problems)
        for sheet in (self.agencies, self.priorities, self.commitments, self.targets):
            found += sheet.problems
        for part in (self.checkpoints, self.milestones, self.baselines):
            found += part.problems
        return found
