export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
}
