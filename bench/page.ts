/** What the built page takes and gives: `npm run bench:page`, and a part of `npm run bench`. */
import { measurePage } from './pageFigures';

await measurePage(true);
