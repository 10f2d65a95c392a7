/** Questions of the page to one run: each is answered once, also where the run goes away before it can be. */
import type { Subject } from '../model/inspect/reading';
import { ASKED, type Answer, type Question } from '../model/inspect/readings';
import type { WorkerEvent } from './protocol';

interface Asked {
  readonly id: number;
  readonly question: Question;
}

export class Questions {
  private asked: Asked[] = [];

  constructor(private readonly post: (event: WorkerEvent) => void) {}

  get isDue(): boolean {
    return this.asked.length > 0;
  }

  ask(id: number, question: Question): void {
    this.asked.push({ id, question });
  }

  /** Answers the oldest one. */
  async answer(subject: Subject): Promise<void> {
    const [first] = this.asked;
    const { reading, ...question } = first.question;
    const answer = await ASKED[reading].answer(subject, question);
    // Meanwhile it may have been refused.
    if (!this.asked.includes(first)) return;
    this.asked = this.asked.filter((asked) => asked !== first);
    this.tell(first, answer);
  }

  /** None of them can be answered any more. */
  refuse(): void {
    for (const asked of this.asked.splice(0)) this.tell(asked, null);
  }

  private tell({ id }: Asked, answer: Answer | null): void {
    this.post({ type: 'answer', id, answer });
  }
}
