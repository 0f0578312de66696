/* SPDX-License-Identifier: MIT */
/*
 * QEMU's fw_cfg device, by its two ports: a key is written to one, then the
 * item's bytes come from the other, one a read (QEMU, docs/specs/fw_cfg).
 * Numbers have their high byte first.
 */
#include <arch/io.h>
#include <drivers/qemu_fw_cfg.h>
#include <kernel/errno.h>
#include <lib/string.h>

enum fw_cfg_port {
	PORT_SELECTOR = 0x510,
	PORT_DATA = 0x511,
};

enum fw_cfg_key {
	KEY_SIGNATURE = 0x00, /* "QEMU" */
	KEY_DIRECTORY = 0x19, /* a count, then an entry a file */
};

enum {
	NAME_BYTES = 56, /* with its final zero */
	FILES_MAX = 1024,
};

struct fw_cfg_file {
	uint32_t size;
	uint16_t key;
	char name[NAME_BYTES];
};

static uint32_t read_number(unsigned int bytes)
{
	uint32_t number = 0;

	while (bytes-- != 0)
		number = number << 8 | io_read8(PORT_DATA);
	return number;
}

static void read_bytes(char *to, size_t count)
{
	for (size_t i = 0; i < count; i++)
		to[i] = (char)io_read8(PORT_DATA);
}

static bool is_here(void)
{
	char signature[4];

	io_write16(PORT_SELECTOR, KEY_SIGNATURE);
	read_bytes(signature, sizeof(signature));
	return memcmp(signature, "QEMU", sizeof(signature)) == 0;
}

static void read_entry(struct fw_cfg_file *file)
{
	file->size = read_number(4);
	file->key = (uint16_t)read_number(2);
	read_number(2); /* reserved */
	read_bytes(file->name, NAME_BYTES);
	file->name[NAME_BYTES - 1] = '\0';
}

static bool find_file(const char *name, struct fw_cfg_file *file)
{
	uint32_t count;

	io_write16(PORT_SELECTOR, KEY_DIRECTORY);
	count = read_number(4);
	for (uint32_t i = 0; i < count && i < FILES_MAX; i++) {
		read_entry(file);
		if (strcmp(file->name, name) == 0)
			return true;
	}
	return false;
}

int qemu_fw_cfg_read(const char *name, char *text, size_t size)
{
	struct fw_cfg_file file;
	size_t count;

	if (!is_here() || !find_file(name, &file))
		return -ENODEV;
	count = file.size < size ? file.size : size - 1;
	io_write16(PORT_SELECTOR, file.key);
	read_bytes(text, count);
	text[count] = '\0';
	return (int)file.size;
}
