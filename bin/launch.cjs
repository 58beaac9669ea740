'use strict';

// Every Node since 0.10 must be able to parse this file: an old one starts it and hands over to the packaged Node.

var path = require('path');
var findNode = require('./find-node.cjs');

var ROOT = path.dirname(__dirname);
var BUNDLE = path.join(ROOT, 'dist', 'cli', 'main.cjs');
var EXIT_INFRASTRUCTURE = 5;
// Those of main/cli/daemon-node-flags.ts, which says why.
var DAEMON_FLAGS = ['--max-semi-space-size=2'];
// What a terminal sends to its whole foreground group: the child has it already, sending it again would double it.
var TERMINAL_SIGNALS = ['SIGINT', 'SIGQUIT', 'SIGHUP'];
var OTHER_SIGNALS = ['SIGTERM', 'SIGUSR2', 'SIGCONT', 'SIGWINCH'];

/**
 * Starts the command line under the name it was called by. The bundle reads that name from
 * path.basename(process.argv[1], '.cjs'): argv[1] is set to the bin file itself, whatever link or shim led here.
 *
 * @param {string} binFile absolute path of the calling bin file
 * @param {string[]} leadingArgs arguments put before the user's own
 */
function launch(binFile, leadingArgs) {
  var flags = flagsFor(leadingArgs.concat(process.argv.slice(2)));
  if (findNode.isRunningNodeRecent()) {
    if (flags.length > 0 && canTurnIntoAnother()) startAnew(binFile, flags);
    loadBundle(binFile, leadingArgs);
    return;
  }
  var node = findNode.findPackagedNode();
  if (node === null) {
    fail(findNode.missingNodeText());
    return;
  }
  handOver(node, flags.concat([binFile], process.argv.slice(2)));
}

/** What Node is to be started with for these arguments and was not: a daemon is, unless the operator says otherwise. */
function flagsFor(args) {
  var isQuestion = ['--version', '--help', '-h'].some(function (word) {
    return args.indexOf(word) !== -1;
  });
  if (args[0] !== 'daemon' || isQuestion) return [];
  var given = process.execArgv.concat(process.env.NODE_OPTIONS || '').join(' ');
  return /semi[-_]space/.test(given) ? [] : DAEMON_FLAGS;
}

function canTurnIntoAnother() {
  return typeof process.execve === 'function' && process.platform !== 'win32';
}

/** The same process with the same streams, from its beginning: V8 sizes its heap before any code of ours runs. */
function startAnew(binFile, flags) {
  var args = [process.execPath].concat(process.execArgv, flags, [binFile], process.argv.slice(2));
  process.execve(process.execPath, args, process.env);
}

function loadBundle(binFile, leadingArgs) {
  // Beside the bundle, so that the cache is exactly as trustworthy and as old as what it caches.
  var nodeModule = require('module');
  nodeModule.enableCompileCache(path.join(ROOT, 'dist', '.compile-cache'));
  process.argv = [process.argv[0], binFile].concat(leadingArgs, process.argv.slice(2));
  try {
    require.resolve(BUNDLE);
  } catch (_missing) {
    fail('codencer: not built yet; run "npm run build" in ' + ROOT);
    return;
  }
  require(BUNDLE);
}

function handOver(node, args) {
  var child = require('child_process').spawn(node, args, { stdio: 'inherit' });
  var forwarded = hasTerminal() ? OTHER_SIGNALS : OTHER_SIGNALS.concat(TERMINAL_SIGNALS);
  TERMINAL_SIGNALS.concat(OTHER_SIGNALS).forEach(function (signal) {
    listen(signal, function () {
      if (forwarded.indexOf(signal) !== -1) child.kill(signal);
    });
  });
  child.on('error', function (error) {
    fail('codencer: cannot start ' + node + ': ' + error.message);
  });
  child.on('exit', function (code, signal) {
    if (signal === null) process.exit(code);
    else endBySignal(signal);
  });
}

function hasTerminal() {
  return Boolean(process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY);
}

function listen(signal, listener) {
  try {
    process.on(signal, listener);
  } catch (_unknownOnThisPlatform) {
    // Windows and old Nodes do not know every name; such a signal then cannot arrive either.
  }
}

/** Ends this process by the signal that ended the child, so that a shell sees the same status (128 + number). */
function endBySignal(signal) {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  // A signal that does not end this process after all (SIGSTOP class, or a platform without signals).
  setTimeout(function () {
    process.exit(128 + (require('os').constants.signals[signal] || 0));
  }, 1000);
}

function fail(text) {
  process.stderr.write(text + '\n');
  process.exitCode = EXIT_INFRASTRUCTURE;
}

module.exports = launch;
