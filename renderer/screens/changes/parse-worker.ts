import { parseSection, type Section } from './parse-section.ts';

// Long patches are parsed here, so that the page stays quick meanwhile.
addEventListener('message', ({ data }: MessageEvent<readonly Section[]>) => {
  postMessage(data.map((section) => parseSection(section)));
});
