'use strict';

// npm starts this with whatever Node the machine has. Usage: node scripts/run.cjs <script under the root> [arguments]

const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { findPackagedNode, isRunningNodeRecent, missingNodeText } = require('../bin/find-node.cjs');

const script = path.join(__dirname, '..', process.argv[2]);
const args = process.argv.slice(3);

if (isRunningNodeRecent()) {
  process.argv = [process.execPath, script, ...args];
  void import(pathToFileURL(script).href);
} else {
  const node = findPackagedNode();
  if (node === null) process.stderr.write(`${missingNodeText()}\n`);
  process.exitCode = node === null ? 1 : (spawnSync(node, [script, ...args], { stdio: 'inherit' }).status ?? 1);
}
