import { describe, expect, it } from 'vitest';
import { gateTone, paint, runTone, stepTone } from '../../../main/cli/state-tone.ts';
import { screenOf } from '../../support/run-cli.ts';

describe('the colour of a state (CLI-18)', () => {
  it.each([
    [stepTone('running'), 'live'],
    [stepTone('needs_approval'), 'you'],
    [stepTone('failed_bridge'), 'infra'],
    [runTone('paused_for_gate'), 'you'],
    [gateTone('pending'), 'you'],
    [stepTone('pending'), 'idle'],
    [stepTone('a state of tomorrow'), null],
    [stepTone('constructor'), null],
  ])('%s is %s', (tone, expected) => {
    expect(tone).toBe(expected);
  });

  it('is added to the word and takes nothing of it away', () => {
    expect(paint(screenOf(80, true), 'fail', 'timeout')).toBe('\x1b[31mtimeout\x1b[0m');
    expect(paint(screenOf(80, true), null, 'odd')).toBe('odd');
    expect(paint(screenOf(80, false), 'fail', 'timeout')).toBe('timeout');
  });
});
