/** The data of server-sent events, one text an event, as the bytes come. Comments and other fields are passed over. */
export async function* readEventStream(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let unread = '';
  for await (const chunk of body) {
    unread += decoder.decode(chunk, { stream: true });
    const frames = unread.split('\n\n');
    unread = frames.pop() ?? '';
    yield* frames.flatMap(dataOf);
  }
}

/** The daemon ends lines with a line feed and writes a space after the colon. */
function dataOf(frame: string): readonly string[] {
  const lines = frame.split('\n').filter((line) => line.startsWith('data: '));
  return lines.length === 0 ? [] : [lines.map((line) => line.slice('data: '.length)).join('\n')];
}
