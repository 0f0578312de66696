/* SPDX-License-Identifier: MIT */
/*
 * Who may have a line on the console half written makes room for the log's.
 */
#include <kernel/log.h>

SET_DEFINE(log_places);

void log_places_open(void)
{
	SET_FOREACH(place, log_places)
		(*place)->open();
}

void log_places_close(void)
{
	SET_FOREACH(place, log_places)
		(*place)->close();
}
