/** A sentence of ours in which names of things stand between backticks. */
export const CodeWords = ({ text }: { readonly text: string }) =>
  text.split('`').map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a sentence does not change
      <code key={index}>{part}</code>
    ),
  );
