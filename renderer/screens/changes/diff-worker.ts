// Colours lines apart from the page.
import '@pierre/diffs/worker/worker.js';
