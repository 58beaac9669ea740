import type { ServiceContext } from './context.ts';

export interface MetricsText {
  readonly contentType: string;
  readonly text: string;
}

/** What the daemon has counted since its start, and what is true of the record now, in Prometheus' text form. */
export const readMetrics = async ({ metrics }: Pick<ServiceContext, 'metrics'>): Promise<MetricsText> => ({
  contentType: metrics.contentType,
  text: await metrics.text(),
});
