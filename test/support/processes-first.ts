import { sep } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Tests that start programs before those that only calculate: with the short ones at the end no worker stands idle while
 * another has just begun a long one. Within each, vitest's own order: the longest first where it knows, else the largest.
 */
export class ProcessesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const { unit = [], rest = [] } = Object.groupBy(sorted, ({ moduleId }) =>
      moduleId.includes(`${sep}test${sep}unit${sep}`) ? 'unit' : 'rest',
    );
    return [...rest, ...unit];
  }
}
