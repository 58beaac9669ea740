import { describe, expect, it } from 'vitest';
import type { Usage } from '../../../../../../contract/usage.ts';
import type { AgentSignal } from '../../../../../../main/daemon/adapters/executors/agent/agent.ts';
import { addSignal, noFacts } from '../../../../../../main/daemon/adapters/executors/agent/agent-facts.ts';

const factsOf = (...signals: readonly AgentSignal[]) => signals.reduce(addSignal, noFacts);

describe('AGENT-3: the facts of a run', () => {
  it('keep the last answer that says something', () => {
    expect(
      factsOf({ of: 'answer', text: 'one' }, { of: 'answer', text: 'two' }, { of: 'answer', text: ' \n' }).answer,
    ).toBe('two');
  });

  it('keep the last twenty errors, denials and questions', () => {
    const numbers = Array.from({ length: 30 }, (_, index) => String(index));
    const facts = factsOf(
      ...numbers.map((text): AgentSignal => ({ of: 'error', kind: 'other', text })),
      ...numbers.map((text): AgentSignal => ({ of: 'denial', text })),
      ...numbers.map((text): AgentSignal => ({ of: 'question', text })),
    );
    expect(facts.errors.map(({ text }) => text)).toEqual(numbers.slice(10));
    expect(facts.denials).toEqual(numbers.slice(10));
    expect(facts.questions).toEqual(numbers.slice(10));
  });

  it('keep session, model, usage and the last word', () => {
    const usage = { inputTokens: 3, cachedInputTokens: 0, outputTokens: 1, costUsd: null, basis: 'reported' } as const;
    const facts = factsOf(
      { of: 'activity', activity: { kind: 'session', session: 's-1', model: 'm' } },
      { of: 'activity', activity: { kind: 'session', session: 's-1' } },
      { of: 'activity', activity: { kind: 'usage', usage } },
      { of: 'terminal', word: 'done' },
    );
    expect(facts).toMatchObject({ session: 's-1', model: 'm', usage, terminal: 'done' });
  });

  it('count requests and, apart from them, those of which nothing came since one was of use', () => {
    const useless: AgentSignal = { of: 'model_request', isFruitful: false };
    const useful: AgentSignal = { of: 'model_request', isFruitful: true };
    expect(factsOf(useless, useless, useful, useless)).toMatchObject({ modelRequests: 4, fruitlessRequests: 1 });
    expect(factsOf({ of: 'broken_call' }, { of: 'broken_call' }).brokenCalls).toBe(2);
  });

  it('keep what came instead of the last answer until there is one', () => {
    const refusal = { kind: 'rate_limit', text: 'No.' } as const;
    const refused: AgentSignal = { of: 'model_request', isFruitful: false, refusal };
    expect(factsOf(refused).refusal).toEqual(refusal);
    expect(factsOf(refused, { of: 'model_request', isFruitful: true }).refusal).toBeNull();
    expect(factsOf({ of: 'doubt', text: 'Hm.' }).doubts).toEqual(['Hm.']);
  });

  it('take zeros for nothing that was told', () => {
    const none = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, basis: 'reported' } as const;
    const used = { ...none, inputTokens: 1, costUsd: null };
    const told = (usage: Usage): AgentSignal => ({ of: 'activity', activity: { kind: 'usage', usage } });
    expect(factsOf(told({ ...none, costUsd: null }), told({ ...none, costUsd: 0 })).usage).toBeNull();
    expect(factsOf(told({ ...none, costUsd: 0.1 })).usage).not.toBeNull();
    expect(factsOf(told(used), told({ ...none, costUsd: 0 })).usage).toEqual(used);
  });
});
