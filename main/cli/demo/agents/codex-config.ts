export interface CodexSettings {
  readonly baseUrl: string;
  readonly maxRetries: number | null;
  readonly canAsk: boolean;
}

/**
 * Of `$CODEX_HOME/config.toml`. The tools that Codex offers depend on the model's name: this one has `apply_patch`. Without `plugins = false` Codex looks up three
 * hosts when it starts.
 */
export const codexConfig = ({ baseUrl, maxRetries, canAsk }: CodexSettings): string => `model = "gpt-5.5"
model_provider = "scripted"
approval_policy = "${canAsk ? 'on-request' : 'never'}"
sandbox_mode = "${canAsk ? 'workspace-write' : 'danger-full-access'}"
check_for_update_on_startup = false

[model_providers.scripted]
name = "scripted"
base_url = "${baseUrl}/v1"
env_key = "SCRIPTED_API_KEY"
wire_api = "responses"
supports_websockets = false
${maxRetries === null ? '' : `request_max_retries = ${maxRetries}\nstream_max_retries = ${maxRetries}\n`}
[features]
plugins = false

[analytics]
enabled = false

[feedback]
enabled = false

[otel]
exporter = "none"
trace_exporter = "none"
metrics_exporter = "none"
`;
