"""A plan file as far as it could be read, for checks that need several tables."""

from dataclasses import dataclass
from typing import Any

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
    def sheets(self) -> list[ReadTable[Any]]:
        return [
            self.agencies,
            self.priorities,
            self.commitments,
            self.targets,
            self.checkpoints,
            self.milestones,
            self.baselines,
        ]

    @property
    def problems(self) -> list[Problem]:
        return [*self.heading.problems, *(problem for sheet in self.sheets for problem in sheet.problems)]
