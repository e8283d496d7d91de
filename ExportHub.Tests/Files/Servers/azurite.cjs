'use strict';

// Azurite as it is, which ends when its input does. Arguments: folder of node packages, what Azurite is to be told.
const path = require('path');

const [packages, ...told] = process.argv.slice(2);
const main = path.join(packages, 'azurite/dist/src/blob/main.js');
process.argv = [process.argv[0], main, ...told];
process.stdin.resume().on('end', () => process.exit());
require(main);
