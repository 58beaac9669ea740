import { describe, expect, it } from 'vitest';
import { createUpdateReader } from '../../../../../../main/daemon/adapters/executors/acp/read-update.ts';

const failed = (text: string, status: 'failed' | 'completed' = 'failed') =>
  createUpdateReader().read({
    sessionUpdate: 'tool_call_update',
    toolCallId: 'c1',
    status,
    content: [{ type: 'content', content: { type: 'text', text } }],
  });

describe('ACP-13: a call that failed', () => {
  it.each([
    'InputValidationError: Bash was called with input that could not be parsed as JSON.',
    '<tool_use_error>Error: No such tool available: no_such_tool</tool_use_error>',
    "params must have required property 'file_path'",
  ])('is broken when no tool understands it: %s', (text) => {
    expect(failed(text)).toContainEqual({ of: 'broken_call' });
  });

  it('is broken when opencode says that it completed', () => {
    const text = 'The arguments provided to the tool are invalid: Invalid input for tool bash: JSON parsing failed';
    expect(failed(text, 'completed')).toEqual([
      { of: 'activity', activity: expect.objectContaining({ status: 'failed' }) },
      { of: 'broken_call' },
    ]);
  });

  it('is a call like any other when its work failed', () => {
    expect(failed('cat: no.txt: No such file or directory')).toEqual([
      { of: 'activity', activity: expect.objectContaining({ status: 'failed' }) },
    ]);
  });
});
