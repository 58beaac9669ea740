import { describe, expect, it } from 'vitest';
import { sessionThatAsks } from '../../../../../../main/daemon/adapters/executors/acp/read-request-log.ts';

const line = (message: string, more = '') =>
  `timestamp=2026-11-22T00:55:02.085Z level=INFO run=5b1e3cc5 message=${message} providerID=scripted modelID=scripted-model ${more}`;

describe('ACP-11: the log of opencode', () => {
  it('tells of which session the model is asked', () => {
    expect(sessionThatAsks(line('stream', 'session.id=ses_1 small=false agent=build mode=primary'))).toBe('ses_1');
  });

  it.each([
    line('stream', 'session.id=ses_1 small=true agent=title mode=primary'),
    line('loop', 'session.id=ses_1 step=3'),
    line('"message=stream"', 'session.id=ses_1 small=false agent=build'),
    'message=stream session.id=ses_1 small=false agent=build',
    '',
  ])('tells it in no other line: %s', (other) => {
    expect(sessionThatAsks(other)).toBeNull();
  });
});
