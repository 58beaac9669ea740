'use strict';

// Every Node since 0.10 must be able to parse this file: it is what says which Node is needed.

var WANTED_MAJOR = 24;

/** True when the running Node is new enough for the bundles. */
function isRunningNodeRecent() {
  return parseInt(process.versions.node, 10) >= WANTED_MAJOR;
}

/** The absolute path of the Node that was installed as a package, or null where there is none for this machine. */
function findPackagedNode() {
  var isWindows = process.platform === 'win32';
  var name = 'node-' + (isWindows ? 'win' : process.platform) + '-' + process.arch;
  try {
    return require.resolve(name + '/bin/node' + (isWindows ? '.exe' : ''));
  } catch (_notInstalled) {
    return null;
  }
}

function missingNodeText() {
  return (
    'codencer: needs Node ' +
    WANTED_MAJOR +
    ' or newer, this is ' +
    process.versions.node +
    ' and no packaged Node is installed for ' +
    process.platform +
    '-' +
    process.arch +
    '; install Node ' +
    WANTED_MAJOR +
    ', or run "npm ci" with optional packages'
  );
}

module.exports = {
  isRunningNodeRecent: isRunningNodeRecent,
  findPackagedNode: findPackagedNode,
  missingNodeText: missingNodeText
};
