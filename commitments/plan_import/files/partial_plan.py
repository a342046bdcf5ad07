"""A plan file as far as it could be read, for checks that need several tables."""

from dataclasses import dataclass

from . import rows
from .heading import Heading
from .problems import Problem
from .tables import ReadTable


@dataclass
class PartialPlan:
    heading: Heading
    agencies: ReadTable[rows.AgencyRow]
    priorities: ReadTable[rows.PriorityRow]
    commitments: ReadTable[rows.CommitmentRow]
    targets: ReadTable[rows.TargetRow]
    checkpoints: ReadTable[rows.CheckpointRow]
    milestones: ReadTable[rows.MilestoneRow]
    baselines: ReadTable[rows.BaselineRow]

    @property
    def problems(self) -> list[Problem]:
        found = list(self.heading.problems)
        for sheet in (self.agencies, self.priorities, self.commitments, self.targets):
            found += sheet.problems
        for part in (self.checkpoints, self.milestones, self.baselines):
            found += part.problems
        return found
