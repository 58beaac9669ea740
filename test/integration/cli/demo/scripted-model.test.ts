import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type ScriptedModel,
  type ScriptedModelOptions,
  startScriptedModel,
} from '../../../../main/cli/demo/scripted-model/scripted-model.ts';

const PROMPT = 'Please write it. WRITE_FILE=notes/hello.txt.';
const FOLDER = 'Working directory: /srv/project';

interface Wire {
  readonly path: string;
  readonly streamPath?: string;
  readonly body: (more: { readonly stream: boolean; readonly toolResult: boolean }) => object;
}

const tool = { name: 'write_file', parameters: { type: 'object', properties: { file_path: {}, content: {} } } };

const WIRES: Readonly<Record<string, Wire>> = {
  responses: {
    path: '/v1/responses',
    body: ({ stream, toolResult }) => ({
      model: 'm',
      stream,
      instructions: FOLDER,
      tools: [{ type: 'function', ...tool }],
      input: [
        { type: 'message', role: 'user', content: [{ type: 'input_text', text: PROMPT }] },
        ...(toolResult ? [{ type: 'function_call_output', call_id: 'c', output: 'fine' }] : []),
      ],
    }),
  },
  chat: {
    path: '/v1/chat/completions',
    body: ({ stream, toolResult }) => ({
      model: 'm',
      stream,
      tools: [{ type: 'function', function: tool }],
      messages: [
        { role: 'system', content: FOLDER },
        { role: 'user', content: PROMPT },
        ...(toolResult ? [{ role: 'tool', tool_call_id: 'c', content: 'fine' }] : []),
      ],
    }),
  },
  anthropic: {
    path: '/v1/messages',
    body: ({ stream, toolResult }) => ({
      model: 'm',
      stream,
      system: FOLDER,
      tools: [{ name: tool.name, input_schema: tool.parameters }],
      messages: [
        { role: 'user', content: PROMPT },
        ...(toolResult
          ? [{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c', content: 'fine' }] }]
          : []),
      ],
    }),
  },
  gemini: {
    path: '/v1beta/models/m:generateContent',
    streamPath: '/v1beta/models/m:streamGenerateContent?alt=sse',
    body: ({ toolResult }) => ({
      systemInstruction: { parts: [{ text: FOLDER }] },
      tools: [{ functionDeclarations: [{ name: tool.name, parametersJsonSchema: tool.parameters }] }],
      contents: [
        { role: 'user', parts: [{ text: PROMPT }] },
        ...(toolResult
          ? [{ role: 'user', parts: [{ functionResponse: { name: 'w', response: { output: 'fine' } } }] }]
          : []),
      ],
    }),
  },
};

describe.each(Object.keys(WIRES))('the scripted model over %s', (name) => {
  it.each([true, false])('calls the tool with the folder and file that it was told (stream: %s)', async (stream) => {
    const model = await start();
    const { status, text } = await ask(model, name, { stream });
    expect(status).toBe(200);
    expect(text).toContain('write_file');
    expect(text.replaceAll('\\', '')).toContain('"file_path":"/srv/project/notes/hello.txt"');
    const request = { scenario: 'write', format: name, model: 'm', tools: ['write_file'], hasToolResult: false };
    expect(model.requests()).toMatchObject([request]);
  });

  it.each([true, false])('is done once the tool has answered (stream: %s)', async (stream) => {
    const model = await start();
    const { text } = await ask(model, name, { stream, toolResult: true });
    expect(stream ? spoken(text) : text).toContain('Done: notes/hello.txt is written.');
    expect(model.requests()).toMatchObject([{ hasToolResult: true }]);
  });

  it('counts the same tokens in every answer', async () => {
    const { text } = await ask(await start(), name, { stream: true });
    expect(text).toMatch(/1200|1000/);
    expect(text).toContain('34');
  });

  it.each([400, 401, 403, 429, 500])('refuses with %i', async (status) => {
    const answer = await ask(await start(), name, { stream: true, scenario: `http-${status}` });
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(`The scripted model answers ${status}.`);
  });

  it('refuses a prompt once, and not the prompt of somebody else in its place', async () => {
    const model = await start();
    const answers = [
      await ask(model, name, { scenario: 'http-429-once' }),
      await ask(model, name, { scenario: 'http-429-once' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([429, 200]);
    await ask(model, name, { scenario: 'http-429' });
    expect((await ask(model, name, { scenario: 'http-429-once' })).status).toBe(200);
  });

  it('ends in the middle of an answer', async () => {
    const model = await start();
    const whole = await ask(model, name, { stream: true, scenario: 'text' });
    const half = await ask(model, name, { stream: true, scenario: 'truncated', toolResult: true });
    expect(half.status).toBe(200);
    expect(half.text.length).toBeLessThan(whole.text.length);
  });

  it.each(['reset', 'reset-midway'])('tears the connection (%s)', async (scenario) => {
    const model = await start();
    await expect(ask(model, name, { stream: true, scenario, toolResult: true })).rejects.toThrow();
  });

  it('has thoughts before the answer', async () => {
    const { text } = await ask(await start(), name, { stream: true, scenario: 'thoughts' });
    expect(spoken(text)).toContain('First think, then answer.');
    expect(spoken(text)).toContain('Done, after some thought.');
  });

  it('says as many megabytes as it is asked for', async () => {
    const { text } = await ask(await start(), name, { stream: true, scenario: 'big-text-3' });
    expect(text.length).toBeGreaterThan(3_000_000);
  });

  it('calls no tool that was not offered, but where the scenario says so', async () => {
    const { text } = await ask(await start(), name, { stream: true, scenario: 'unknown-tool' });
    expect(text).toContain('no_such_tool');
  });
});

describe('the scripted model', () => {
  it.each(['hang', 'stall'])('keeps silent (%s) until it is closed', async (scenario) => {
    const model = await startScriptedModel({ pauseMs: 0 });
    const answer = ask(model, 'chat', { stream: true, scenario }).catch(() => 'torn');
    await expect.poll(() => model.requests().length).toBe(1);
    await model.close();
    expect(await answer).toBe('torn');
  });

  it('names what nobody scripted', async () => {
    const answer = await ask(await start(), 'chat', { scenario: 'no-such-thing' });
    expect(answer).toMatchObject({ status: 404, text: expect.stringContaining('no scenario is called no-such-thing') });
  });

  it('answers what agents ask beside the conversation', async () => {
    const model = await start();
    const base = model.baseUrl('write');
    const models = await fetch(`${base}/v1/models`);
    expect(await models.json()).toMatchObject({ data: [{ id: 'scripted-model' }] });
    const count = await fetch(`${base}/v1/messages/count_tokens`, { method: 'POST', body: '{}' });
    expect(await count.json()).toEqual({ input_tokens: 1200 });
    expect(model.requests()).toEqual([]);
  });
});

async function start(options: ScriptedModelOptions = { pauseMs: 0 }): Promise<ScriptedModel> {
  const model = await startScriptedModel(options);
  onTestFinished(() => model.close());
  return model;
}

interface Asking {
  readonly scenario?: string;
  readonly stream?: boolean;
  readonly toolResult?: boolean;
}

async function ask(
  model: ScriptedModel,
  name: string,
  { scenario = 'write', stream = false, toolResult = false }: Asking,
) {
  const wire = WIRES[name];
  if (wire === undefined) throw new Error(`no wire is called ${name}`);
  const path = stream ? (wire.streamPath ?? wire.path) : wire.path;
  const body = JSON.stringify(wire.body({ stream, toolResult }));
  const response = await fetch(model.baseUrl(scenario) + path, { method: 'POST', body });
  return { status: response.status, text: await response.text() };
}

/** The words of a stream, put together. */
function spoken(stream: string): string {
  const words = /"(?:delta|content|text|thinking|reasoning_content)":"((?:[^"\\]|\\.)*)"/g;
  return [...stream.matchAll(words)].map(([, word = '']) => word).join('');
}
