/* The modules of the page, as the test script laid them out for Node: MODULES names the folder. */
import { pathToFileURL } from 'node:url';

export const asset = (name) => import(pathToFileURL(`${process.env.MODULES}/${name}`));
