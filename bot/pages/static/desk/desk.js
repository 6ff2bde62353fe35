// The operators' desk. Every word on it comes from the program as a page; these scripts keep the
// page up to date and send its forms. Without them it is the same page, reloaded by hand.

import { prepare } from "./alarm.js";
import { localise, renewConversation, toEnd } from "./conversation.js";
import { prepareForms } from "./forms.js";
import { prepareInsert } from "./insert.js";
import { keepAges, listen } from "./live.js";
import { noticed, renewQueue } from "./queue.js";
import { prepareReply } from "./reply.js";

const renew = { queue: renewQueue, case: renewConversation };

prepare();
localise(document);
toEnd();
noticed();
prepareForms(async () => {
  await renewQueue();
  await renewConversation();
});
prepareInsert();
prepareReply();
listen(renew);
keepAges(renew);
