// What the commands for benefits take and give, under the names that their screens use.
import type { FactValue, Household } from '../../ipc/types';

export type {
  Amount,
  Cell,
  Changed as Change,
  ComparedCell,
  ComparedRow,
  FactShape,
  Household,
  HouseholdState,
  InWordsDetail,
  InWordsRow,
  Locked,
  NamedProgram as Named,
  NamedTown as Town,
  Open,
  Outcome,
  Person,
  ProgramDetail,
  ProgramRow,
  ProgramsAnswer,
  Question,
  RuledOutFor,
  Step,
  TownsCompared,
  Verdict,
} from '../../ipc/types';
export type Value = FactValue;
export type Facts = Household['household'];
