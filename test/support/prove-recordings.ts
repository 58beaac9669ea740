import { describe, expect, it } from 'vitest';
import { Activity } from '../../contract/activity.ts';
import { recordingNamed, recordingsOf } from './agent-recordings.ts';
import { type Essence, essenceOf, usual } from './essence-of-run.ts';
import { judgeRecording } from './judge-recording.ts';
import { READERS } from './stream-readers.ts';

/** The rule that a recorded run proves, the scenario of the run, and in what it is unusual. */
export type RecordedRun = readonly [rule: string, scenario: string, expected: Partial<Essence>];

export interface ProvenAgent {
  readonly agent: keyof typeof READERS;
  /** How people call it. */
  readonly title: string;
  readonly runs: readonly RecordedRun[];
}

/** A test for each recorded run of an agent, and what holds for all of them. */
export function proveRecordings({ agent, title, runs }: ProvenAgent): void {
  const judge = (scenario: string) => judgeRecording(recordingNamed(agent, scenario), READERS[agent]());

  describe(`recorded runs of ${title}`, () => {
    it.each(runs)('%s: %s', (_, scenario, expected) => {
      expect(essenceOf(judge(scenario))).toEqual({ ...usual, ...expected });
    });

    it('are proven, each of them', () => {
      const proven = runs.map(([, scenario]) => scenario);
      expect(proven.toSorted()).toEqual(
        recordingsOf(agent)
          .map(({ scenario }) => scenario)
          .toSorted(),
      );
    });

    it('are told in the words of the contract, under one session', () => {
      for (const { scenario } of recordingsOf(agent)) {
        const { told, facts } = judge(scenario);
        for (const activity of told) expect(Activity.safeParse(activity).error).toBeUndefined();
        expect(facts.session).not.toBeNull();
        expect(told.filter(({ kind }) => kind === 'session')).toHaveLength(1);
      }
    });
  });
}
