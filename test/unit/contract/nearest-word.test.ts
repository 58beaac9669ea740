import { describe, expect, it } from 'vitest';
import { nearestWord } from '../../../contract/nearest-word.ts';

const WORDS = ['step', 'salvage', 'submit', '--state', '--json', 'validations'];

describe('the word that was meant (CLI-17)', () => {
  it.each([
    ['stp', 'step'],
    ['setp', 'step'],
    ['sbumit', 'submit'],
    ['--staet', '--state'],
    ['validation', 'validations'],
    ['step', 'step'],
  ])('%s is %s', (typed, meant) => {
    expect(nearestWord(typed, WORDS)).toBe(meant);
  });

  it.each([[''], ['x'], ['run'], ['frobnicate'], ['up']])('%j is none of them', (typed) => {
    expect(nearestWord(typed, WORDS)).toBeNull();
  });
});
