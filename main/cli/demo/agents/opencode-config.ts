export interface OpencodeSettings {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly canAsk: boolean;
}

/** opencode.json: one provider, whose client is inside of the program, and nothing that asks the network. */
export function opencodeConfig({ baseUrl, apiKey, canAsk }: OpencodeSettings) {
  const permission = canAsk ? 'ask' : 'allow';
  return {
    autoupdate: false,
    share: 'disabled',
    snapshot: false,
    model: 'scripted/scripted-model',
    small_model: 'scripted/scripted-model',
    enabled_providers: ['scripted'],
    permission: { edit: permission, bash: permission, webfetch: 'deny' },
    lsp: false,
    formatter: false,
    provider: {
      scripted: {
        npm: '@ai-sdk/openai-compatible',
        name: 'scripted',
        options: { baseURL: `${baseUrl}/v1`, apiKey },
        models: {
          'scripted-model': {
            name: 'scripted-model',
            limit: { context: 128_000, output: 8_192 },
            tool_call: true,
            // Dollars for a million tokens, so that a cost is reported.
            cost: { input: 1, output: 2 },
          },
        },
      },
    },
  };
}
