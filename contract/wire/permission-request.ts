import { z } from 'zod';

import { ToolKind } from '../activity.ts';
import type { PermissionRequest } from '../permission.ts';
import { wireList, wireObject, wireText } from './decode.ts';

export const encodePermissionRequest = (request: PermissionRequest) => ({
  tool: request.tool,
  tool_kind: request.toolKind,
  title: request.title,
  command: request.command,
  cwd: request.cwd,
  paths: request.paths,
  diff: request.diff,
  input: request.input,
  reason: request.reason,
});

export const WirePermissionRequest = wireObject({
  tool: z.string(),
  tool_kind: ToolKind,
  title: wireText,
  command: z.string().nullable().default(null),
  cwd: z.string().nullable().default(null),
  paths: wireList(z.string()),
  diff: z.string().nullable().default(null),
  input: wireText,
  reason: wireText,
})
  .transform(
    ({ tool_kind, ...wire }): PermissionRequest => ({
      ...wire,
      toolKind: tool_kind,
    }),
  )
  .meta({ id: 'PermissionRequest', description: 'What an agent asks to be allowed, in full.' });
