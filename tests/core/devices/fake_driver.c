/* A driver's library as far as we ask it, for machines without graphics processors. What it has is told by the
   environment: FAKE_CARDS whole processors; FAKE_SLICES parts of the last one; FAKE_BROKEN init, lost or quiet. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OK = 0, NOT_SUPPORTED = 3, NOT_FOUND = 6, NOT_LOADED = 9, LOST = 15 };
typedef struct { int number, slice; } Card;
static Card cards[16], slices[16];

static int number(const char *name) { const char *text = getenv(name); return text ? atoi(text) : 0; }
static int broken(const char *how) { const char *text = getenv("FAKE_BROKEN"); return text && !strcmp(text, how); }
static int lost(const Card *card) { return broken("lost") && card->number == 0; }

int nvmlInitWithFlags(unsigned flags) { return broken("init") ? NOT_LOADED : OK; }
int nvmlShutdown(void) { return OK; }
const char *nvmlErrorString(int code) { return "fake"; }
int nvmlDeviceGetCount_v2(unsigned *count) { *count = number("FAKE_CARDS"); return OK; }

int nvmlDeviceGetHandleByIndex_v2(unsigned at, Card **card) {
  cards[at] = (Card){at, -1};
  *card = &cards[at];
  return OK;
}

int nvmlDeviceGetUUID(const Card *card, char *text, unsigned length) {
  if (lost(card)) return LOST;
  if (card->slice >= 0) snprintf(text, length, "MIG-%d%d-slice", card->number, card->slice);
  else snprintf(text, length, "GPU-%d000-fake", card->number);
  return OK;
}

int nvmlDeviceGetName(const Card *card, char *text, unsigned length) {
  snprintf(text, length, card->slice >= 0 ? "Fake Card Slice" : "Fake Card %d", card->number);
  return OK;
}

int nvmlDeviceGetMemoryInfo(const Card *card, unsigned long long *memory) {
  if (lost(card)) return LOST;
  memory[0] = (card->slice >= 0 ? 10ull : 80ull) * 1000000000;
  memory[2] = 3000000000ull;
  memory[1] = memory[0] - memory[2];
  return OK;
}

int nvmlDeviceGetMigMode(const Card *card, unsigned *now, unsigned *later) {
  if (!number("FAKE_SLICES")) return NOT_SUPPORTED;
  *now = *later = card->number == number("FAKE_CARDS") - 1;
  return OK;
}

int nvmlDeviceGetMaxMigDeviceCount(const Card *card, unsigned *count) { *count = 7; return OK; }

int nvmlDeviceGetMigDeviceHandleByIndex(const Card *card, unsigned at, Card **slice) {
  if (at >= (unsigned)number("FAKE_SLICES")) return NOT_FOUND;
  slices[at] = (Card){card->number, at};
  *slice = &slices[at];
  return OK;
}

int nvmlDeviceGetUtilizationRates(const Card *card, unsigned *rates) {
  if (broken("quiet") || card->slice >= 0) return NOT_SUPPORTED;
  rates[0] = 42;
  rates[1] = 7;
  return OK;
}

int nvmlDeviceGetTemperature(const Card *card, int sensor, unsigned *degrees) {
  *degrees = 61;
  return broken("quiet") ? NOT_SUPPORTED : OK;
}

int nvmlDeviceGetPowerUsage(const Card *card, unsigned *milliwatts) {
  *milliwatts = 250500;
  return broken("quiet") ? NOT_SUPPORTED : OK;
}

int nvmlDeviceGetEnforcedPowerLimit(const Card *card, unsigned *milliwatts) {
  *milliwatts = 700000;
  return broken("quiet") ? NOT_SUPPORTED : OK;
}
