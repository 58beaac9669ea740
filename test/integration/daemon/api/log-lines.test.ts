import { beforeEach, describe, expect, it } from 'vitest';

import { httpAnswer } from '../../../support/http-request.ts';
import * as sample from '../../../support/sample-records.ts';
import { successOf } from '../../../support/success-of.ts';
import { insertRun } from '../../../support/temporary-store.ts';
import { startTestApi, type TestApi } from '../../../support/test-api.ts';

const PATH = '/api/v1/steps/s-min/logs';

describe('HTTP-45, HTTP-47: lines of a log', () => {
  let test: TestApi;
  beforeEach(async () => {
    test = await startTestApi();
    insertRun(test.store);
    test.store.steps.insert(sample.step({}));
  });

  const get = (query: string) => httpAnswer({ port: test.port, path: `${PATH}?${query}` });
  const lines = async (query = '') => JSON.parse((await get(`format=json${query}`)).body);
  async function write(text: string, { name = 'stdout.log', number = 1 } = {}): Promise<void> {
    const attempt = sample.attempt({ id: `s-min-a${number}`, number, state: 'completed' });
    if (test.store.attempts.get(attempt.id) === null) test.store.attempts.insert(attempt);
    const place = { runId: attempt.runId, stepId: attempt.stepId, attemptId: attempt.id };
    const log = successOf(await test.context.evidence.openLog(place, name, []));
    await log.write(Buffer.from(text));
    await log.close();
  }

  it('are none where there is no log', async () => {
    expect(await lines()).toEqual({
      total: 0,
      returned: 0,
      lines: [],
      numbers: [],
      cut: [],
      complete: true,
      attempt_id: '',
    });
    test.store.attempts.insert(sample.attempt({}));
    expect(await lines('&q=x')).toMatchObject({ total: 0, lines: [] });
  });

  it('are counted whole and given in part', async () => {
    await write('one\ntwo\nthree\nfour');
    expect(await lines('&line_offset=1&limit=2')).toEqual({
      total: 4,
      returned: 2,
      lines: ['two', 'three'],
      numbers: [1, 2],
      cut: [],
      complete: true,
      attempt_id: 's-min-a1',
    });
    expect(await lines('&limit=0')).toMatchObject({ total: 4, returned: 0 });
  });

  it('that hold a text are counted and given in part, in that case only', async () => {
    await write('ok 1\nError: a\nok 2\nError: b\nerror: c\n');
    expect(await lines('&q=Error&line_offset=1')).toMatchObject({ total: 2, lines: ['Error: b'], numbers: [3] });
    expect(await lines('&q=%2B.')).toMatchObject({ total: 0 });
  });

  it('are of the newest attempt, or of the one and the stream that are named', async () => {
    await write('first\n');
    await write('errors\n', { name: 'stderr.log' });
    await write('second\n', { number: 2 });
    expect((await lines()).lines).toEqual(['second']);
    expect((await lines('&attempt=s-min-a1')).lines).toEqual(['first']);
    expect((await lines('&attempt=s-min-a1&stream=stderr')).lines).toEqual(['errors']);
    expect((await get('format=json&attempt=other-a1')).status).toBe(404);
  });

  it.each([
    ['format=json&offset=1', 'offset: means nothing with format=json\n'],
    ['format=json&follow=1', 'follow: means nothing with format=json\n'],
    ['format=json&limit=10001', 'limit: must be at most 10000 lines\n'],
    ['q=x', 'q: needs format=json\n'],
    ['line_offset=1', 'line_offset: needs format=json\n'],
    ['format=xml', 'format: must be one of "text", "json"\n'],
    ['format=json&line_offset=-1', 'line_offset: must be a whole number\n'],
  ])('%s is refused in one sentence', async (query, sentence) => {
    expect(await get(query)).toMatchObject({ status: 400, body: sentence });
  });
});
