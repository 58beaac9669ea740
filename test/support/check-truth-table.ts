import {
  findOutcome,
  type OutcomeCase,
  type OutcomeRow,
} from '../../main/daemon/adapters/executors/agent/outcome-table.ts';

/** Cases of a vendor's truth table, each with the rule of the row that has to decide it. */
export type TruthCases = readonly (readonly [rule: string, known: Partial<OutcomeCase>])[];

/** Of a run that ended as it should: each case says what is different. */
const USUAL: OutcomeCase = {
  terminal: null,
  exitCode: 0,
  error: null,
  hasDenials: false,
  hasBrokenCalls: false,
  hasAnswer: true,
  hasChanges: true,
};

const caseOf = (known: Partial<OutcomeCase>): OutcomeCase => ({ ...USUAL, ...known });

export const ruleFor = (rows: readonly OutcomeRow[], known: Partial<OutcomeCase>): string =>
  findOutcome(rows, caseOf(known)).rule;

/** Every way to weaken a table by one row or by one condition that no case would notice; none when the cases are enough. */
export function unnoticedMutations(rows: readonly OutcomeRow[], cases: TruthCases): readonly string[] {
  return mutationsOf(rows)
    .filter(({ mutated }) => cases.every(([rule, known]) => decides(mutated, known) === rule))
    .map(({ what }) => what);
}

const decides = (rows: readonly OutcomeRow[], known: Partial<OutcomeCase>): string | null => {
  try {
    return ruleFor(rows, known);
  } catch {
    return null; // no row is left that fits
  }
};

interface Mutation {
  readonly what: string;
  readonly mutated: readonly OutcomeRow[];
}

function mutationsOf(rows: readonly OutcomeRow[]): readonly Mutation[] {
  return rows.flatMap((row, index) => [
    { what: `${row.rule} is gone`, mutated: rows.toSpliced(index, 1) },
    ...Object.keys(row.when).map((condition) => ({
      what: `${row.rule} without ${condition}`,
      mutated: rows.with(index, {
        ...row,
        when: Object.fromEntries(Object.entries(row.when).filter(([key]) => key !== condition)),
      }),
    })),
    ...Object.entries(row.when).flatMap(([condition, wanted]) =>
      Array.isArray(wanted) && wanted.length > 1
        ? wanted.map((word, at) => ({
            what: `${row.rule} without ${condition} ${String(word)}`,
            mutated: rows.with(index, { ...row, when: { ...row.when, [condition]: wanted.toSpliced(at, 1) } }),
          }))
        : [],
    ),
  ]);
}
